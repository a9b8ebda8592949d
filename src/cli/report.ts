import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ConfirmedEdition } from '../db/edition-rows.ts'
import type { Stores } from '../db/stores.ts'
import { editionLabel, roundLabel } from '../domain/record/round.ts'
import { savedNames } from '../office/rounds/files.ts'
import { badInput, type Command, type CommandContext, failed } from './command.ts'
import { withStores } from './database.ts'

const USAGE = 'report N --out DIR'

interface Request {
  round: number
  folder: string
}

/** Writes every file of a round's newest edition into a folder: the frozen bytes, under the names of the pages' downloads. */
export const report: Command = {
  usage: USAGE,
  async run(args, context) {
    const request = parse(args)
    await withStores(context, (stores) => writeReport(stores, request, context))
  },
}

function writeReport(stores: Stores, { round, folder }: Request, { print, now }: CommandContext): void {
  const edition = stores.editions.newestOf(round)
  if (!edition) throw badInput(`${roundLabel(round)}は、まだ確定していません。`)
  const files = stores.editions.files(edition).map((file) => ({
    ...file,
    path: join(folder, savedNames(edition, file.name).ascii),
  }))
  const other = files.find(({ path, bytes }) => existsSync(path) && !readFileSync(path).equals(bytes))
  if (other)
    throw badInput(
      `${other.path}：同じ名前の、内容が異なるファイルがあります。ほかのフォルダーを指定してください。`,
    )
  write(folder, files)
  for (const file of files) {
    record(stores, edition, file, now())
    print(`${file.path}　SHA-256：${file.sha256}`)
  }
  print(`${editionLabel(edition.number, edition.edition)}のファイル${files.length}件を書き出しました。`)
}

function write(folder: string, files: readonly { path: string; bytes: Buffer }[]): void {
  try {
    mkdirSync(folder, { recursive: true })
    for (const { path, bytes } of files) writeFileSync(path, bytes)
  } catch (error) {
    throw failed(`${folder}：ファイルを書き込めません（${(error as NodeJS.ErrnoException).code}）。`)
  }
}

/** As when an officer takes a file from its page. */
function record(
  { audit }: Stores,
  { number, edition }: ConfirmedEdition,
  { name, sha256 }: { name: string; sha256: string },
  at: Date,
): void {
  const detail = { edition, file: name, sha256 }
  audit.append({ at, actor: 'cli', action: 'round.downloaded', subject: `round ${number}`, detail })
}

function parse(args: string[]): Request {
  try {
    const options = { out: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const [round = '', ...rest] = positionals
    if (/^[1-9]\d{0,3}$/.test(round) && rest.length === 0 && values.out)
      return { round: Number(round), folder: values.out }
  } catch {
    // Falls through to the usage: an unknown option is the same mistake as a missing folder.
  }
  throw badInput(`使い方：kakuho ${USAGE}`)
}
