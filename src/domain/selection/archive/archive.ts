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
  { record, snapshot, result, amendment, files }: ArchiveContents,
  sign: Sign | null = null,
): string {
  const [written, others] = [files.map(writtenFile), { snapshot, result, amendment }]
  return archiveOfWritten({ ...writtenParts(others), files: written }, record, sign)
}

type Sign = (sha256: string) => ArchiveSignature

/** A part as it stands in the archive, with its hash: what is long is written before the moment of sealing. */
interface WrittenPart {
  text: string
  sha256: string
}

export interface WrittenFile extends WrittenPart {
  name: string
}

export type WrittenParts = Record<'snapshot' | 'result' | 'amendment', WrittenPart> & {
  files: readonly WrittenFile[]
}

export function writtenParts(
  contents: Pick<ArchiveContents, 'snapshot' | 'result' | 'amendment'>,
): Omit<WrittenParts, 'files'> {
  const { snapshot, result, amendment } = contents
  return { snapshot: written(snapshot), result: written(result), amendment: written(amendment) }
}

function written(part: unknown): WrittenPart {
  const text = canonicalJson(part)
  return { text, sha256: sha256Hex(text) }
}

export function writtenFile({ name, bytes }: ArchiveContents['files'][number]): WrittenFile {
  return { name, text: canonicalJson(archiveFile({ name, bytes })), sha256: sha256Hex(bytes) }
}

/** `sealArchive` of what has been written already: the members by their names, as canonical JSON has them. */
export function archiveOfWritten(parts: WrittenParts, record: ArchiveRecord, sign: Sign | null): string {
  const [{ amendment, files, result, snapshot }, recorded] = [parts, written(record)]
  const seal: Seal = {
    record: recorded.sha256,
    snapshot: snapshot.sha256,
    result: result.sha256,
    amendment: amendment.sha256,
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  }
  const archive = archiveHash(seal)
  const members = [
    ['amendment', amendment.text],
    ['files', `[${files.map(({ text }) => text).join(',')}]`],
    ['format', canonicalJson('audit' in record ? FORMAT_2 : FORMAT_1)],
    ['record', recorded.text],
    ['result', result.text],
    ['sha256', canonicalJson({ ...seal, archive })],
    ...(sign ? [['signature', canonicalJson(sign(archive))]] : []),
    ['snapshot', snapshot.text],
  ]
  return `{${members.map(([name, text]) => `"${name}":${text}`).join(',')}}`
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
