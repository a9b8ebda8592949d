import { z } from 'zod'
import { canonicalJson } from '../text/canonical.ts'

/**
 * A backup is one tar file. Its first part says what the others are; the last has their SHA-256 as `sha256sum -c` reads
 * them. Every byte in between is covered, so that a changed backup is never taken for a whole one.
 */
export const BACKUP_FORMAT = 'kakuho.backup/1'

/** Beside the files themselves. The names are fixed: unpacked, they are a survey with DATABASE_PATH=kakuho.db. */
export const DESCRIPTION_NAME = 'backup.json'
/** How long the record was, signed by the survey's own key: `SignedHead`. Where it has no key yet there is none. */
export const HEAD_NAME = 'record-head.json'
export const SUMS_NAME = 'SHA256SUMS'

/**
 * What a backup carries of a survey, by the names that `installationFiles` has for them. Not the secret of the sessions: whoever has
 * a backup must not be able to go on in somebody's session, and whoever restores logs in again.
 */
export const BACKUP_FILES = {
  database: 'kakuho.db',
  receiptKey: 'kakuho.db.receipt-key',
  invitationKey: 'kakuho.db.invitation-key',
  signingKey: 'kakuho.db.signing-key',
} as const
export type BackupFile = keyof typeof BACKUP_FILES
export const BACKUP_FILE_IDS = Object.keys(BACKUP_FILES) as BackupFile[]

const hex64 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()

const descriptionSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  madeAt: z.iso.datetime(),
  /** How many migrations the database has seen, and when the newest was made (milliseconds): what a program must know. */
  schema: z.strictObject({ migrations: count, newest: count }),
  /** Answers by their receipts, whatever became of them. */
  answers: count,
  hospitals: count,
  /**
   * The record as it stood: the hash of its first entry, by which a survey is known; how many entries, the hash of the
   * last, and the first that does not follow from the ones before.
   */
  record: z.strictObject({ first: hex64, count, head: hex64, brokenAt: count.nullable() }),
  files: z.array(z.strictObject({ name: z.enum(BACKUP_FILES), bytes: count, sha256: hex64 })).min(1),
})
export type BackupDescription = z.infer<typeof descriptionSchema>

export function descriptionBytes(description: BackupDescription): Buffer {
  return Buffer.from(`${canonicalJson(description)}\n`, 'utf8')
}

/** @returns null for what no program of ours has written, 'newer' for the form of a later one */
export function readDescription(bytes: Uint8Array): BackupDescription | 'newer' | null {
  const value = jsonOf(bytes)
  const parsed = descriptionSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const format = z.object({ format: z.string().regex(/^kakuho\.backup\/\d{1,6}$/) }).safeParse(value)
  return format.success && format.data.format !== BACKUP_FORMAT ? 'newer' : null
}

/** @returns null for what is no JSON in UTF-8 */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}

/** `HEX  NAME`, a line a part, as `sha256sum` writes them. */
export function sumsText(sums: readonly { name: string; sha256: string }[]): string {
  return sums.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')
}
