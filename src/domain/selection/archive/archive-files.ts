import { z } from 'zod'
import { fromBase64, toBase64 } from '../../text/base64.ts'
import { nameSchema, textSchema } from '../../validation/field-schemas.ts'

const textFileSchema = z.strictObject({ name: nameSchema, encoding: z.literal('utf-8'), content: textSchema })

/** Only the one way to write the bytes. */
const binaryFileSchema = z.strictObject({
  name: nameSchema,
  encoding: z.literal('base64'),
  content: z
    .string()
    .refine(
      (content) => fromBase64(content) !== null,
      'base64 として読み取れません。ファイルが書き換えられていないか確認してください。',
    ),
})

const fileSchema = z.discriminatedUnion('encoding', [textFileSchema, binaryFileSchema], {
  error: ({ code }) =>
    code === 'invalid_union' ? '「utf-8」または「base64」のいずれかを指定してください。' : undefined,
})
/** A frozen file inside an archive: readable where it is text. */
export type ArchiveFile = z.infer<typeof fileSchema>

export const filesSchema = z
  .array(fileSchema)
  .refine(
    (files) => new Set(files.map(({ name }) => name)).size === files.length,
    '同じ名前のファイルが2つあります。',
  )

export function archiveFile({ name, bytes }: { name: string; bytes: Uint8Array }): ArchiveFile {
  const content = utf8TextOf(bytes)
  return content === null
    ? { name, encoding: 'base64', content: toBase64(bytes) }
    : { name, encoding: 'utf-8', content }
}

export function bytesOf({ encoding, content }: Pick<ArchiveFile, 'encoding' | 'content'>): Uint8Array {
  return encoding === 'utf-8' ? new TextEncoder().encode(content) : fromBase64(content)!
}

/** Null where the bytes are no UTF-8. A byte order mark is part of the text. */
function utf8TextOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The position, from 0, of the first byte that UTF-8 cannot have there. */
export function firstInvalidByte(bytes: Uint8Array): number | null {
  // Whatever is no UTF-8 was replaced: up to there the bytes are the same.
  const encoded = new TextEncoder().encode(decoded(bytes))
  const at = encoded.findIndex((byte, index) => byte !== bytes[index])
  if (at >= 0) return at
  return encoded.length === bytes.length ? null : encoded.length
}

export function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
