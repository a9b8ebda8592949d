import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ConfirmedEdition, EditionFile } from '../db/edition-rows.ts'
import type { Stores } from '../db/stores.ts'
import { NUMBERING_IDS, type Numbering } from '../domain/record/report.ts'
import { editionLabel, roundLabel } from '../domain/record/round.ts'
import { sha256Hex } from '../domain/text/canonical.ts'
import { reportDraft } from '../office/reports/report.ts'
import { savedNames } from '../office/rounds/files.ts'
import { badInput, type Command, type CommandContext, failed } from './command.ts'
import { withStores } from './database.ts'

const USAGE = 'report N --out DIR [--all continuous|per-round]'

interface Request {
  round: number
  folder: string
  /** How the rounds are numbered in one report of all of them; null for the round alone. */
  all: Numbering | null
}

/**
 * Writes every file of a round's newest edition into a folder: the frozen bytes, under the names of the pages' downloads;
 * with them what was recorded as reported of the round, and with --all the report of all rounds in one.
 */
export const report: Command = {
  usage: USAGE,
  async run(args, context) {
    const request = parse(args)
    await withStores(context, (stores) => writeReport(stores, request, context))
  },
}

async function writeReport(
  stores: Stores,
  { round, folder, all }: Request,
  { print, now }: CommandContext,
): Promise<void> {
  const edition = stores.editions.newestOf(round)
  if (!edition) throw badInput(`${roundLabel(round)}は、まだ確定していません。`)
  const files = [
    ...editionFiles(stores, edition),
    ...reportedFiles(stores, round),
    ...(all ? await filesOfAll(stores, all) : []),
  ].map(({ saved, ...file }) => ({ ...file, path: join(folder, saved) }))
  const other = files.find(({ path, bytes }) => isOther(path, bytes))
  if (other)
    throw badInput(
      `${other.path}：同じ名前の、内容が異なるファイルがあります。ほかのフォルダーを指定してください。`,
    )
  write(folder, files)
  stores.together(() => {
    for (const { action, subject, detail, name, sha256 } of files)
      stores.audit.append({
        at: now(),
        actor: 'cli',
        action,
        subject,
        detail: { ...detail, file: name, sha256 },
      })
  })
  for (const { path, sha256 } of files) print(`${path}　SHA-256：${sha256}`)
  print(`${editionLabel(edition.number, edition.edition)}のファイル${files.length}件を書き出しました。`)
}

/** A file with where it goes, and as what it stands on the record: as when an officer takes it from its page. */
interface Written extends EditionFile {
  saved: string
  action: string
  subject: string
  detail: Record<string, string | number>
}

function editionFiles(stores: Stores, edition: ConfirmedEdition): Written[] {
  return stores.editions.files(edition).map((file) => ({
    ...file,
    saved: savedNames(edition, file.name).ascii,
    action: 'round.downloaded',
    subject: `round ${edition.number}`,
    detail: { edition: edition.edition },
  }))
}

/** What the ministry was sent of the round, as it was sent. */
function reportedFiles({ reports }: Stores, round: number): Written[] {
  const covering = reports
    .all()
    .filter(({ isTakenBack, editions }) => !isTakenBack && editions.some(({ number }) => number === round))
  return covering.flatMap(({ id }) =>
    reports.files(id).map((file) => ({
      ...file,
      saved: `report-${id}-${file.name}`,
      action: 'report.downloaded',
      subject: `report ${id}`,
      detail: {},
    })),
  )
}

async function filesOfAll(stores: Stores, numbering: Numbering): Promise<Written[]> {
  const newest = stores.editions.newest()
  const rounds = newest.map(({ number }) => number)
  const files = await reportDraft(stores, newest, numbering).files()
  return files.map(({ name, bytes }) => ({
    name,
    bytes,
    sha256: sha256Hex(bytes),
    saved: `report-rounds-${rounds.join('-')}-${name}`,
    action: 'report-draft.downloaded',
    subject: `round ${rounds.at(-1)}`,
    detail: { rounds: rounds.join(','), numbering },
  }))
}

/** Whether something else already stands under the name: a folder, too, or what nobody may read. */
function isOther(path: string, bytes: Buffer): boolean {
  if (!existsSync(path)) return false
  try {
    return !readFileSync(path).equals(bytes)
  } catch {
    return true
  }
}

function write(folder: string, files: readonly { path: string; bytes: Buffer }[]): void {
  try {
    mkdirSync(folder, { recursive: true })
    for (const { path, bytes } of files) writeFileSync(path, bytes)
  } catch (error) {
    throw failed(`${folder}：ファイルを書き込めません（${(error as NodeJS.ErrnoException).code}）。`)
  }
}

function parse(args: string[]): Request {
  try {
    const options = { out: { type: 'string' }, all: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const [round = '', ...rest] = positionals
    const all = NUMBERING_IDS.find((id) => id === values.all) ?? null
    const isKnown = values.all === undefined || all !== null
    if (/^[1-9]\d{0,3}$/.test(round) && rest.length === 0 && values.out && isKnown)
      return { round: Number(round), folder: values.out, all }
  } catch {
    // Falls through to the usage: an unknown option is the same mistake as a missing folder.
  }
  throw badInput(`使い方：kakuho ${USAGE}`)
}
