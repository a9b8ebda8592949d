import { z } from 'zod'
import { fromBase64 } from '../../text/base64.ts'
import { canonicalJson, sha256Hex } from '../../text/canonical.ts'
import { countSchema, instantSchema, nameSchema, textSchema } from '../../validation/field-schemas.ts'
import { declinesSchema, declinesSchema1 } from '../amendment.ts'
import { snapshotSchema } from '../snapshot.ts'
import { type ArchiveFile, archiveFile, bytesOf, filesSchema } from './archive-files.ts'

/** In /2 the record also tells what stood before the confirmation: the chain of acts, and the other rounds. */
const FORMAT_1 = 'kakuho.archive/1'
const FORMAT_2 = 'kakuho.archive/2'

const hashSchema = z.hash('sha256', { error: 'SHA-256 を16進数64桁（英字は小文字）で指定してください。' })

const actSchema = z.strictObject({
  at: instantSchema,
  /** The login, and the name at that time. */
  by: nameSchema,
  name: nameSchema,
  /** The reason or note given, if any. */
  reason: textSchema.nullable(),
})

const recordSchema1 = z.strictObject({
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

const recordSchema2 = z.strictObject({
  ...recordSchema1.shape,
  /** The chain of acts just before the confirmation's own entry: how many, and the hash of the last. */
  audit: z.strictObject({ count: countSchema, head: hashSchema }),
  /** The newest edition of every other round, whose seats it leaves out, by the hash of its archive. */
  follows: z.array(
    z.strictObject({ round: countSchema.min(1), edition: countSchema.min(1), sha256: hashSchema }),
  ),
})
export type ArchiveRecord = z.infer<typeof recordSchema1> | z.infer<typeof recordSchema2>

const NO_DECLINE = '辞退が1件もありません。辞退がなければ amendment を null にしてください。'
const amendmentSchema1 = z.strictObject({
  base: z.strictObject({ edition: countSchema.min(1), sha256: hashSchema }),
  declines: declinesSchema1.min(1, NO_DECLINE),
  /** `AmendedResult` */
  result: z.record(z.string(), z.unknown()),
})
/** An edition in which hospitals have declined since the base edition; `result` is recomputed. */
const amendmentSchema2 = z.strictObject({
  ...amendmentSchema1.shape,
  declines: declinesSchema.min(1, NO_DECLINE),
})

const sealSchema = z.strictObject({
  record: hashSchema,
  snapshot: hashSchema,
  result: hashSchema,
  amendment: hashSchema,
  /** Of the bytes, as whoever has the file computes it. */
  files: z.array(z.strictObject({ name: nameSchema, sha256: hashSchema })),
})
type Seal = z.infer<typeof sealSchema>

const partsSchema = z.strictObject({
  snapshot: snapshotSchema,
  /** `SelectionResult` of the snapshot; what an amendment starts from. */
  result: z.record(z.string(), z.unknown()),
  files: filesSchema,
  /** Of every part, and in `archive` of all these together: the one hash to write down. */
  sha256: z.strictObject({ ...sealSchema.shape, archive: hashSchema }),
})

/** Base64 of so many bytes. */
function bytesSchema(length: number) {
  return z
    .string()
    .refine((text) => fromBase64(text)?.length === length, `${length}バイトを base64 で指定してください。`)
}

/** A signature over `sha256.archive`, outside the seal: it can come later, and changes nothing that was sealed. */
const signatureSchema = z.strictObject({
  algorithm: z.literal('Ed25519'),
  /** Of the 64 characters of the hash. */
  value: bytesSchema(64),
  publicKey: bytesSchema(32),
  signedAt: instantSchema,
  /** Whose key it is, as the signer says. */
  by: nameSchema,
})

export const archiveSchema = z.discriminatedUnion(
  'format',
  [
    partsSchema.extend({
      format: z.literal(FORMAT_1),
      record: recordSchema1,
      amendment: amendmentSchema1.nullable(),
    }),
    partsSchema.extend({
      format: z.literal(FORMAT_2),
      record: recordSchema2,
      amendment: amendmentSchema2.nullable(),
      signature: z.exactOptional(signatureSchema),
    }),
  ],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? `「${FORMAT_1}」または「${FORMAT_2}」と指定してください。` : undefined,
  },
)
export type Archive = z.infer<typeof archiveSchema>
export type ArchiveSignature = z.infer<typeof signatureSchema>

export interface ArchiveContents extends Pick<Archive, 'record' | 'snapshot'> {
  result: object
  amendment: { base: { edition: number; sha256: string }; declines: object[]; result: object } | null
  files: readonly { name: string; bytes: Uint8Array }[]
}

/**
 * A confirmed round in one file that proves itself: canonical JSON, the same bytes for the same contents.
 * @param sign of the hash of the whole; null leaves it unsigned
 */
export function sealArchive(
  { files, ...contents }: ArchiveContents,
  sign: ((sha256: string) => ArchiveSignature) | null = null,
): string {
  const format = 'audit' in contents.record ? FORMAT_2 : FORMAT_1
  const parts = { ...contents, files: files.map(archiveFile) }
  const seal = sealOf(parts)
  const archive = archiveHash(seal)
  const signature = sign && { signature: sign(archive) }
  return canonicalJson({ format, ...parts, sha256: { ...seal, archive }, ...signature })
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
