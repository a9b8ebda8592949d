import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Stores } from '../db/stores.ts'
import { shippedGeography } from '../files/geography/shipped-geography.ts'
import { parseHospitalFile } from '../files/hospitals/file.ts'
import type { RowIssue } from '../files/table/row-issue.ts'
import { badInput, type Command, type CommandContext } from './command.ts'
import { withStores } from './database.ts'
import { readInput } from './input.ts'

const USAGE = 'import hospitals FILE [--dry-run]'

/** Reads a master file in either format; all of it is stored, or nothing. */
export const importHospitals: Command = {
  usage: USAGE,
  async run(args, context) {
    const { file, dryRun } = parse(args)
    const bytes = readInput(file)
    await withStores(context, (stores) => importFile(stores, { file, bytes, dryRun }, context))
  },
}

interface Request {
  file: string
  bytes: Buffer
  dryRun: boolean
}

function importFile(stores: Stores, { file, bytes, dryRun }: Request, { print, now }: CommandContext): void {
  const reading = parseHospitalFile(bytes, options(stores))
  if (!reading.ok) throw badInput(`${file}：${reading.message}`)
  for (const issue of reading.warnings) print(issueLine('警告', issue))
  for (const issue of reading.errors) print(issueLine('エラー', issue))
  const list = { hospitals: reading.hospitals.map(({ hospital }) => hospital), fields: reading.fields }
  const by = { actor: 'cli', at: now(), source: basename(file) }
  const refused = reading.errors.length > 0
  const counts = dryRun || refused ? stores.hospitals.compare(list) : stores.hospitals.import(list, by)
  const { added, changed, unchanged, conflicts } = counts
  for (const name of conflicts)
    print(`エラー ${name}：台帳の2つの病院に当てはまります。コードを確認してください。`)
  const errors = reading.errors.length + conflicts.length
  print(
    `追加 ${added}件、変更 ${changed}件、変更なし ${unchanged}件、警告 ${reading.warnings.length}件、エラー ${errors}件`,
  )
  if (errors > 0)
    throw badInput(
      `${file}：エラーが${errors}件あるため、取り込みませんでした。上の各行を直して、もう一度実行してください。`,
    )
  if (dryRun) print('確認のみ行いました（取り込んでいません）。')
}

function issueLine(kind: string, { row, column, hospital, message }: RowIssue): string {
  return `${kind} ${row}行目${hospital ? ` ${hospital}` : ''}${column ? ` ${column}` : ''}：${message}`
}

function options(stores: Stores) {
  const { prefectureCode } = stores.settings.read()
  const geography = shippedGeography(prefectureCode)
  if (geography.regions.length === 0) {
    throw badInput(
      `prefectureCode：都道府県コード${prefectureCode}の市町村と二次医療圏の表がありません。resources/ に追加してください。`,
    )
  }
  const [smallest] = stores.policies.current().policy.bands
  return { prefectureCode, geography, smallestBand: smallest?.min ?? 0 }
}

function parse(args: string[]): { file: string; dryRun: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { 'dry-run': { type: 'boolean' } },
      allowPositionals: true,
    })
    const [file] = positionals
    if (file !== undefined && positionals.length === 1) return { file, dryRun: values['dry-run'] === true }
  } catch {
    // Falls through to the usage: an unknown option is the same mistake as a missing file.
  }
  throw badInput(`使い方：kakuho ${USAGE}`)
}
