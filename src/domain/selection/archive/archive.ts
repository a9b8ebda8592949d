import { z } from 'zod'
import { canonicalJson, sha256Hex } from '../../text/canonical.ts'
import { countSchema, instantSchema, nameSchema, textSchema } from '../../validation/field-schemas.ts'
import { declinesSchema } from '../amendment.ts'
import { snapshotSchema } from '../snapshot.ts'
import { type ArchiveFile, archiveFile, bytesOf, filesSchema } from './archive-files.ts'

export const ARCHIVE_FORMAT = 'kakuho.archive/1'

const hashSchema = z.hash('sha256', { error: 'SHA-256 を16進数64桁（英字は小文字）で指定してください。' })

const actSchema = z.strictObject({
  at: instantSchema,
  /** The login, and the name at that time. */
  by: nameSchema,
  name: nameSchema,
  /** The reason or note given, if any. */
  reason: textSchema.nullable(),
})

const recordSchema = z.strictObject({
  prefecture: nameSchema,
  /** 1 = 初回選定, 2.. = 追加選定 */
  round: countSchema.min(1),
  /** 1 = as first confirmed. */
  edition: countSchema.min(1),
  /** 0 is the default that comes with the program; the snapshot holds the policy itself. */
  policyVersion: countSchema,
  /** Why seats stay free; null when none does. */
  freeSeatsReason: textSchema.nullable(),
  /** Null where a round needs no second person. */
  proposed: actSchema.nullable(),
  confirmed: actSchema,
  /** Whatever else happened to the round, in its order: sent back, reopened … */
  history: z.array(z.strictObject({ ...actSchema.shape, action: nameSchema })),
})
export type ArchiveRecord = z.infer<typeof recordSchema>

/** An edition in which hospitals have declined since the base edition; `result` is recomputed. */
const amendmentSchema = z.strictObject({
  base: z.strictObject({ edition: countSchema.min(1), sha256: hashSchema }),
  declines: declinesSchema.min(1, '辞退が1件もありません。辞退がなければ amendment を null にしてください。'),
  /** `AmendedResult` */
  result: z.record(z.string(), z.unknown()),
})

const sealSchema = z.strictObject({
  record: hashSchema,
  snapshot: hashSchema,
  result: hashSchema,
  amendment: hashSchema,
  /** Of the bytes, as whoever has the file computes it. */
  files: z.array(z.strictObject({ name: nameSchema, sha256: hashSchema })),
})
export type Seal = z.infer<typeof sealSchema>

export const archiveSchema = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  record: recordSchema,
  snapshot: snapshotSchema,
  /** `SelectionResult` of the snapshot; what an amendment starts from. */
  result: z.record(z.string(), z.unknown()),
  amendment: amendmentSchema.nullable(),
  files: filesSchema,
  /** Of every part, and in `archive` of all these together: the one hash to write down. */
  sha256: z.strictObject({ ...sealSchema.shape, archive: hashSchema }),
})
export type Archive = z.infer<typeof archiveSchema>

export interface ArchiveContents extends Pick<Archive, 'record' | 'snapshot'> {
  result: object
  amendment: { base: { edition: number; sha256: string }; declines: object[]; result: object } | null
  files: readonly { name: string; bytes: Uint8Array }[]
}

/** A confirmed round in one file that proves itself: canonical JSON, the same bytes for the same contents. */
export function sealArchive({ files, ...contents }: ArchiveContents): string {
  const parts = { ...contents, files: files.map(archiveFile) }
  const seal = sealOf(parts)
  const sha256 = { ...seal, archive: archiveHash(seal) }
  return canonicalJson({ format: ARCHIVE_FORMAT, ...parts, sha256 })
}

/** SHA-256 of each part: of its canonical JSON, of a file of its bytes. */
export function sealOf(parts: Omit<ArchiveContents, 'files'> & { files: readonly ArchiveFile[] }): Seal {
  const hashOf = (part: unknown) => sha256Hex(canonicalJson(part))
  return {
    record: hashOf(parts.record),
    snapshot: hashOf(parts.snapshot),
    result: hashOf(parts.result),
    amendment: hashOf(parts.amendment),
    files: parts.files.map((file) => ({ name: file.name, sha256: sha256Hex(bytesOf(file)) })),
  }
}

export function archiveHash(seal: Seal): string {
  return sha256Hex(canonicalJson(seal))
}
