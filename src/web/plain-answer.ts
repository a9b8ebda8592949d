import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { errorText } from './error-texts.ts'
import { REQUEST_ID, spokenId } from './request-id.ts'

/**
 * A failure as a page that needs nothing: neither a view nor the database, nor a request that could be read. Nothing of what was
 * asked for stands in it.
 * @param id of the request, where it has come as far as to have one
 */
export function plainPage(status: number, id: string | null = null): string {
  return plainPageOf(errorText(status), id)
}

/** The same of a heading and of what to do. */
export function plainPageOf(
  [heading, message]: readonly [heading: string, message: string],
  id: string | null = null,
): string {
  const named = id === null ? '' : `<p>問合せ番号：${spokenId(id)}（問合せの際に、お知らせください）</p>`
  return `<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title></head>
<body><main><h1>${heading}</h1><p>${message}</p>${named}</main></body>
</html>
`
}

/** Of every such page, beside the headers of every answer. */
export const PLAIN_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex',
} as const

/** Seconds after which it is worth to come again. */
export const RETRY_AFTER = '10'

/**
 * Answers on a connection whose request never became one, and ends it.
 * @param headers those of every answer
 */
export function answerPlainly(
  socket: Socket,
  status: number,
  headers: Readonly<Record<string, string>>,
  id: string | null = null,
): void {
  if (!socket.writable) return void socket.destroy()
  const page = plainPage(status, id)
  const lines = {
    ...headers,
    ...PLAIN_HEADERS,
    ...(id === null ? {} : { [REQUEST_ID]: id }),
    ...(status === 503 ? { 'retry-after': RETRY_AFTER } : {}),
    'content-length': String(Buffer.byteLength(page)),
    connection: 'close',
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head.join('')}\r\n${page}`)
  // What else the other side sends is read by nobody; what was written has this long to leave.
  setTimeout(() => socket.destroy(), LINGER).unref()
}

const LINGER = 500
