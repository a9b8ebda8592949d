import {
  BACKUP_FILE_IDS,
  BACKUP_FILES,
  type BackupDescription,
  type BackupFile,
  DESCRIPTION_NAME,
  descriptionBytes,
  HEAD_NAME,
  jsonOf,
  readDescription,
  SUMS_NAME,
  sumsText,
} from '../../domain/record/backup.ts'
import { isHeadSigned, isSignedHead, type SignedHead } from '../../domain/record/signed-head.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import { extractEntry, readEntry, readTar, sumOf, type TarEntry, type TarPart, writeTar } from './tar.ts'

/** A backup all of whose bytes are as they were written. */
export interface WholeBackup {
  path: string
  description: BackupDescription
  /** The record's head, signed; null where the survey had no key yet. */
  head: SignedHead | null
  entries: Partial<Record<BackupFile, TarEntry>>
}

/** not-a-backup: nothing of ours · damaged: cut off or changed · newer: of a later program */
type BackupProblem = 'not-a-backup' | 'damaged' | 'newer'

/** The files that go in, where they lie now. */
export type BackupSources = Partial<Record<BackupFile, string>>

/** Writes a backup where nothing is yet. What the description says of the files is what they are. */
export function writeBackup(
  path: string,
  facts: Omit<BackupDescription, 'files'>,
  sources: BackupSources,
  head: SignedHead | null,
): BackupDescription {
  const present = BACKUP_FILE_IDS.flatMap((file) => (sources[file] ? [{ file, from: sources[file] }] : []))
  const files = present.map(({ file, from }) => ({ name: BACKUP_FILES[file], ...sumOf(from) }))
  const description = { ...facts, files }
  const bytes = descriptionBytes(description)
  const first: { name: string; content: Uint8Array }[] = [
    { name: DESCRIPTION_NAME, content: bytes },
    ...(head ? [{ name: HEAD_NAME, content: Buffer.from(`${canonicalJson(head)}\n`, 'utf8') }] : []),
  ]
  const sums = sumsText([
    ...first.map(({ name, content }) => ({ name, sha256: sha256Hex(content) })),
    ...files,
  ])
  const parts: TarPart[] = [
    ...first,
    ...present.map(({ file, from }) => ({ name: BACKUP_FILES[file], content: { path: from } })),
    { name: SUMS_NAME, content: Buffer.from(sums, 'utf8') },
  ]
  writeTar(path, parts, new Date(facts.madeAt))
  return description
}

/** Reads every byte of it. */
export function readBackup(path: string): WholeBackup | BackupProblem {
  const entries = readTar(path)
  if (entries === null) return beginsAsBackup(path) ? 'damaged' : 'not-a-backup'
  const [first, ...rest] = entries
  if (first?.name !== DESCRIPTION_NAME) return 'not-a-backup'
  if (first.bytes > MOST_DESCRIPTION) return 'damaged'
  const description = readDescription(readEntry(path, first))
  if (description === 'newer') return 'newer'
  if (description === null) return 'damaged'
  const head = rest[0]?.name === HEAD_NAME ? headOf(path, rest.shift()!, description) : null
  const last = rest.pop()
  const isWhole = last && sumsHold(path, entries.slice(0, -1), last) && isAsDescribed(description, rest)
  if (!isWhole || head === 'wrong') return 'damaged'
  return {
    path,
    description,
    head,
    entries: Object.fromEntries(rest.map((entry) => [idOf(entry.name), entry])),
  }
}

const MOST_DESCRIPTION = 100_000

/** Signed, and of the record that the description tells of. */
function headOf(path: string, entry: TarEntry, { record }: BackupDescription): SignedHead | 'wrong' {
  const head = entry.bytes > MOST_DESCRIPTION ? null : jsonOf(readEntry(path, entry))
  const isOurs = isSignedHead(head) && head.count === record.count && head.head === record.head
  return isOurs && isHeadSigned(head) ? head : 'wrong'
}

function beginsAsBackup(path: string): boolean {
  const name = Buffer.from(`${DESCRIPTION_NAME}\0`, 'ascii')
  return readEntry(path, { name: '', offset: 0, bytes: name.length, sha256: '' }).equals(name)
}

function sumsHold(path: string, entries: readonly TarEntry[], sums: TarEntry): boolean {
  const expected = Buffer.from(sumsText(entries), 'utf8')
  return (
    sums.name === SUMS_NAME && sums.sha256 === sha256Hex(expected) && readEntry(path, sums).equals(expected)
  )
}

/** The database and what else the description lists, in the order of the list, and nothing besides. */
function isAsDescribed({ files }: BackupDescription, entries: readonly TarEntry[]): boolean {
  return (
    files[0]?.name === BACKUP_FILES.database &&
    new Set(files.map(({ name }) => name)).size === files.length &&
    files.length === entries.length &&
    files.every(({ name, bytes, sha256 }, index) => {
      const entry = entries[index]!
      return entry.name === name && entry.bytes === bytes && entry.sha256 === sha256
    })
  )
}

function idOf(name: string): BackupFile {
  return BACKUP_FILE_IDS.find((id) => BACKUP_FILES[id] === name)!
}

/** @returns whether the backup is still the one that was read; where not, what was written is nothing to keep */
export function extractFile({ path, entries }: WholeBackup, file: BackupFile, to: string): boolean {
  return extractEntry(path, entries[file]!, to)
}
