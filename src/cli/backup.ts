import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { appendToRecord } from '../db/backups.ts'
import { dateTimeText } from '../domain/text/dates.ts'
import { grouped } from '../domain/text/grouped.ts'
import { installationFiles } from '../installation.ts'
import { type Installation, type MadeBackup, makeBackup } from './backup-making.ts'
import { backupName, rotate } from './backup-rotation.ts'
import { badInput, type Command, type CommandContext, failed } from './command.ts'
import { configOf } from './database.ts'
import { whileHeld } from './held.ts'

const USAGE = 'backup FILE | backup --keep N FOLDER'

/**
 * Writes all that makes up the survey, but for the sessions, into one file, while it is served: the database as it stands at
 * one moment, and the keys. With --keep into a folder, in which the newest N of its kind stay.
 */
export const backup: Command = {
  usage: USAGE,
  async run(args, context) {
    const request = parse(args)
    const files = installationFiles(configOf(context))
    const at = context.now()
    const target = targetOf(request, at)
    refuseOwnFiles(files, target)
    await whileHeld(files, async () => {
      const made = await makeBackup(files, target, at)
      await tell(files, target, made, at, context)
      const { first, brokenAt } = made.description.record
      if (request.keep !== null && brokenAt === null)
        rotate(
          request.path,
          { name: basename(target), survey: first },
          { keep: request.keep, at, ...context },
        )
      if (brokenAt !== null)
        throw failed(
          `バックアップは作成しましたが、操作の記録の${brokenAt}件目から後が、記録したときの内容と一致しません。これまでのバックアップを消さずに、audit verifyで確認してください。`,
        )
    })
  },
}

async function tell(
  files: Installation,
  target: string,
  { description, bytes, sha256 }: MadeBackup,
  at: Date,
  { print }: CommandContext,
): Promise<void> {
  const { answers, hospitals, record, files: parts } = description
  const { count, head } = record
  print(`${target}　SHA-256：${sha256}`)
  print(
    `${dateTimeText(at)}のバックアップを作成し、読み直して確認しました（${grouped(bytes)}バイト、回答${answers}件、病院${hospitals}件、操作の記録${count}件、末尾${head}）。`,
  )
  print(
    `${parts.length > 1 ? `病院の確認コードなどの鍵${parts.length - 1}個を含みます。` : ''}サーバーとは別の場所に、関係者だけが読めるように保管してください。`,
  )
  const detail = { sha256, answers, entries: count, head }
  const event = { at, actor: 'cli', action: 'backup.made', subject: basename(target), detail }
  if (!(await appendToRecord(files.database, event)))
    print('バックアップを作成したことは、操作の記録に残せませんでした。バックアップはそのまま使えます。')
}

interface Request {
  /** The file, or the folder of the rotation. */
  path: string
  /** How many stay; null without rotation. */
  keep: number | null
}

function targetOf({ path, keep }: Request, at: Date): string {
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  if (keep === null && isFolder)
    throw badInput(
      `${path}：フォルダーです。ファイルの名前か、「--keep 世代数 フォルダー」を指定してください。`,
    )
  if (keep !== null && !isFolder)
    throw badInput(`${path}：フォルダーがありません。作成してから、もう一度実行してください。`)
  return keep === null ? path : join(path, backupName(at))
}

/** The names that the survey's own files have, or will have. */
function refuseOwnFiles(files: Installation, target: string): void {
  if (Object.values(files).some((own) => resolve(own) === resolve(target)))
    throw badInput(`${target}：調査のファイルの名前です。別の名前を指定してください。`)
}

function parse(args: string[]): Request {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { keep: { type: 'string' } },
      allowPositionals: true,
    })
    const [path = '', ...rest] = positionals
    const isKept = values.keep === undefined || /^[1-9]\d{0,3}$/.test(values.keep)
    if (path !== '' && rest.length === 0 && isKept)
      return { path, keep: values.keep === undefined ? null : Number(values.keep) }
  } catch {
    // Falls through to the usage: an unknown option is the same mistake as a missing file.
  }
  throw badInput(`使い方：kakuho ${USAGE}`)
}
