import { createHash } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FastifyReply } from 'fastify'

/** One content in every encoding that a browser may ask for, each made when it is first asked for. */
export type Variants = (encoding: Encoding) => Variant

interface Variant {
  body: Buffer
  /** Strong, as it is of these very bytes: two encodings of one content never share it. */
  etag: string
}

type Encoding = 'br' | 'gzip' | 'identity'

export function variantsOf(content: string | Buffer): Variants {
  const known = new Map<Encoding, Variant>()
  return (encoding) => {
    const variant = known.get(encoding) ?? variantOf(ENCODERS[encoding](Buffer.from(content)))
    known.set(encoding, variant)
    return variant
  }
}

/** Answers with the smallest encoding that the browser takes, or with 304 where it has just these bytes. */
export function sendVariant(reply: FastifyReply, variants: Variants): FastifyReply {
  const { headers } = reply.request
  const encoding = acceptedEncoding(headers['accept-encoding'])
  const { body, etag } = variants(encoding)
  reply.header('etag', etag).header('vary', 'accept-encoding')
  if (hasTag(headers['if-none-match'], etag)) return reply.code(304).send()
  return (encoding === 'identity' ? reply : reply.header('content-encoding', encoding)).send(body)
}

const ENCODERS: Record<Encoding, (content: Buffer) => Buffer> = {
  // Its slowest and smallest, as each content is encoded once.
  br: (content) => brotliCompressSync(content),
  gzip: (content) => gzipSync(content, { level: 9 }),
  identity: (content) => content,
}

function variantOf(body: Buffer): Variant {
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

/** What browsers send are few texts; what others make up pushes none of them out. */
const MOST_KNOWN = 50
const known = new Map<string, Encoding>()

function acceptedEncoding(header: string | string[] | undefined): Encoding {
  if (header === undefined) return 'identity'
  const text = String(header)
  const encoding = known.get(text) ?? encodingIn(text)
  if (known.size < MOST_KNOWN && text.length < 100) known.set(text, encoding)
  return encoding
}

function encodingIn(header: string): Encoding {
  const accepted = header
    .toLowerCase()
    .split(',')
    .map((part) => part.replace(/\s/g, ''))
    .filter((part) => !/;q=0(\.0*)?$/.test(part))
    .map((part) => part.replace(/;.*$/, ''))
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding)) ?? 'identity'
}

/** `If-None-Match` compares weakly, says RFC 9110: proxies may have put W/ before a tag. */
export function hasTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}
