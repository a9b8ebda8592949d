import { readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Stores } from '../db/stores.ts'
import { installationFiles } from '../installation.ts'
import { forgetKeys } from '../installation-keys.ts'
import { endKeeping, obstacleText, purgedLines, purgeObstacle } from '../office/retention.ts'
import { badInput, type Command, type CommandContext, failed } from './command.ts'
import { configOf, withStores } from './database.ts'

const USAGE = 'purge --dry-run ｜ purge --confirm --basis 廃棄の理由（文書番号など）'

/** 消去: after the retention everything that the survey holds is deleted, and only counts are left. */
export const purge: Command = {
  usage: USAGE,
  async run(args, context) {
    const { basis } = parse(args)
    await withStores(
      context,
      (stores) => (basis === null ? look(stores, context) : doIt(stores, basis, context)),
      {
        evenAfterPurge: true,
      },
    )
  },
}

/** What would go, and whether it may. */
function look(stores: Stores, { print, now }: CommandContext): void {
  if (stores.purge.last()) throw failed(ALREADY)
  const tables = stores.purge.counts()
  for (const { label, rows } of purgedLines(tables)) print(`${label}：${rows}件`)
  print(`表ごとの件数：${tables.map(({ table, rows }) => `${table} ${rows}`).join('、')}`)
  const obstacle = purgeObstacle(stores, now())
  print(obstacle ? `今は消去できません。${obstacleText(obstacle)}` : '消去できます。')
  print('確認のみ行いました（消去していません）。')
}

function doIt(stores: Stores, basis: string, context: CommandContext): void {
  const config = configOf(context)
  const done = stores.purge.last()
  if (done?.isSwept) throw failed(ALREADY)
  if (done) forgetKeys(config)
  const outcome = done
    ? { kind: 'purged' as const, isSwept: stores.purge.sweep(context.now()) }
    : endKeeping(stores, {
        ...{ at: context.now(), basis },
        forgetKeys: () => forgetKeys(config),
      })
  if (outcome.kind === 'refused') throw badInput(obstacleText(outcome.obstacle))
  for (const { label, rows } of purgedLines(stores.purge.last()!.tables)) context.print(`${label}：${rows}件`)
  const others = filesBeside(config.databasePath)
  if (others.length > 0) context.print(`次のファイルは消去していません：${others.join('、')}`)
  if (!outcome.isSwept) throw failed(NOT_SWEPT)
  context.print('消去しました。バックアップと保存用一式は、別に廃棄してください。')
}

const ALREADY = 'この調査の回答などの記録は、既に消去されています。'
const NOT_SWEPT =
  '記録は消去しましたが、ほかのプログラムがデータベースを開いているため、ファイルの中の跡が残っています。開いているプログラムを終了し、もう一度 kakuho purge --confirm を実行してください。'

/** Copies that somebody laid beside the database: what was there before a restore, backups. */
function filesBeside(databasePath: string): string[] {
  const own = new Set(Object.values(installationFiles({ databasePath })).map((path) => basename(path)))
  const folder = dirname(resolve(databasePath))
  return readdirSync(folder)
    .filter((name) => name.startsWith(basename(databasePath)) && !own.has(name))
    .map((name) => join(folder, name))
}

/** @returns a basis of null for a dry run */
function parse(args: string[]): { basis: string | null } {
  try {
    const options = {
      'dry-run': { type: 'boolean' },
      confirm: { type: 'boolean' },
      basis: { type: 'string' },
    } as const
    const { values } = parseArgs({ args, options })
    const basis = values.basis?.trim() ?? ''
    if (values['dry-run'] && !values.confirm) return { basis: null }
    if (values.confirm && !values['dry-run'] && basis !== '' && basis.length <= 200) return { basis }
  } catch {
    // Falls through to the usage: an unknown option is the same mistake as a missing one.
  }
  throw badInput(`使い方：kakuho ${USAGE}`)
}
