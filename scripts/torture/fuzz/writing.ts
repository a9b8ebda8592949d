import type { Random } from '../../../src/demo/random.ts'

/** What a page would send there, and what else is known of the address. */
export interface Seed {
  method: 'GET' | 'POST'
  url: string
  /** As a browser would send the form as it stands. */
  fields: Readonly<Record<string, string>>
  /** Takes a file. */
  isUpload: boolean
}

/** A request as it goes over the wire. */
export interface Request {
  method: string
  url: string
  headers: Record<string, string>
  body: Buffer | null
  /** Its head is written by hand: no library would send it. */
  isRaw: boolean
}

export interface Making {
  seed: Seed
  random: Random
  csrf: string
  /** A good file for the address; a mutated one comes from elsewhere. */
  file: { name: string; bytes: Buffer }
}

export const FORM = 'application/x-www-form-urlencoded'

export type Pair = readonly [name: string, written: string]

export function pairsOf(fields: Seed['fields']): Pair[] {
  return Object.entries(fields).map(([name, value]) => [
    encodeURIComponent(name),
    encodeURIComponent(value.toWellFormed()),
  ])
}

export function encoded(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

export function base({ seed }: Making): Request {
  return { method: seed.method, url: seed.url, headers: {}, body: null, isRaw: false }
}

export function withFields(making: Making, pairs: readonly Pair[]): Request {
  if (making.seed.method === 'GET') {
    const query = encoded(pairs)
    return query === ''
      ? base(making)
      : { ...base(making), url: `${making.seed.url}?${query.slice(0, 14_000)}` }
  }
  if (making.seed.isUpload) return multipart(making, pairs)
  return written(making, FORM, Buffer.from(encoded([...token(making), ...pairs])))
}

function token({ csrf }: Making): Pair[] {
  return csrf === '' ? [] : [['_csrf', encodeURIComponent(csrf)]]
}

export function written(making: Making, type: string, body: Buffer): Request {
  const request = base(making)
  if (making.seed.method === 'GET') return request
  const own =
    type === FORM && !body.subarray(0, 6).equals(Buffer.from('_csrf='))
      ? Buffer.concat([Buffer.from(`${encoded(token(making))}&`), body])
      : body
  return { ...request, headers: type === '' ? {} : { 'content-type': type }, body: own }
}

/** Fields as bytes: what stands there encoded is decoded, as a browser sends it in this kind of form. */
export function multipart(making: Making, pairs: readonly Pair[]): Request {
  const boundary = 'b'.repeat(20)
  const part = (head: string, body: Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      body,
      Buffer.from('\r\n'),
    ])
  const { name, bytes } = making.file
  const body = Buffer.concat([
    ...[...token(making), ...pairs].map(([field, value]) =>
      part(
        `name="${bytesOf(field)
          .toString('latin1')
          .replace(/["\r\n]/g, '_')}"`,
        bytesOf(value),
      ),
    ),
    part(`name="file"; filename="${name}"\r\nContent-Type: application/octet-stream`, bytes),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { ...base(making), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body }
}

function bytesOf(written: string): Buffer {
  const text = written
    .replaceAll('+', ' ')
    .replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(text, 'latin1')
}
