import type { FastifyInstance } from 'fastify'

/**
 * Addresses as they arrive from mails, letters and chats: with a slash, a bracket or a full stop behind them, or a blank
 * within. They lead to the page that was meant, before anybody looks for a receipt or a link under them, so that
 * none counts as a wrong try. No address of the public side ends in such a character, or has a blank.
 */
export function registerTidyAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', ({ method, url }, reply, done) => {
    const tidied = method === 'GET' || method === 'HEAD' ? tidyAddress(url) : null
    if (tidied === null) done()
    else reply.header('cache-control', 'no-store').redirect(tidied, 302)
  })
}

/** The address that was meant; null where it is that already, or is none of the public pages'. */
export function tidyAddress(url: string): string | null {
  if (TIDY.test(url)) return null
  const at = url.indexOf('?')
  const [path, query] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
  const meant = path.length > LONGEST_PATH ? null : decodedPath(path)
  if (meant === null || /^\/(?:admin|assets)(?:\/|$)/.test(meant)) return null
  const segments = tidySegments(meant)
  if (`/${segments.join('/')}` === meant) return null
  return `/${segments.map(encodeURIComponent).join('/')}${query && `?${query}`}`
}

/** Asked for as a proxy would ask, `GET http://host/path`, it is the path: what looks at addresses sees one form of them. */
export function ownAddress(url: string): string {
  const path = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*(.*)$/is.exec(url)?.[1]
  if (path === undefined) return url
  return path.startsWith('/') ? path : `/${path}`
}

/**
 * An address as the router can read it. Old mail programs leave bytes of Shift_JIS behind a link: they become the
 * character that stands for what nobody can read, and are led on like any other sentence end.
 */
export function readableAddress(url: string): string {
  if (!url.includes('%')) return url
  const end = url.search(/[?#]/)
  const path = end < 0 ? url : url.slice(0, end)
  if (decodedPath(path) !== null) return url
  const bytes = Buffer.from(
    path.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  const read = bytes.toString('utf8').split('/').map(encodeURIComponent).join('/')
  return end < 0 ? read : read + url.slice(end)
}

function tidySegments(path: string): string[] {
  const segments = path.replace(BLANKS, '').replace(SENTENCE, '').split('/').filter(Boolean)
  while (segments.length > 0) {
    // What stands behind an address may be several: 」）。
    const last = withoutEnd(segments.pop()!)
    if (last !== '') return [...segments, last]
  }
  return segments
}

/** As nearly all are asked for: nothing has to be taken apart. */
const TIDY = /^(?:\/|(?:\/[\w-]+)+)$/

const LONGEST_PATH = 1_000

/** A token out of an address, without the blanks within it and what stands behind it. */
export function tidyToken(token: string): string {
  return withoutEnd(token.replace(BLANKS, '').replace(SENTENCE, ''))
}

function withoutEnd(segment: string): string {
  let end = segment.length
  while (end > 0 && CLOSING.test(segment[end - 1]!)) end -= 1
  return segment.slice(0, end)
}

/** Blanks of every kind, line ends and what is invisible. */
const BLANKS = /[\s\p{Cf}]/gu
/** The sentence that goes on behind an address, 」からご覧ください, or bytes of it that are no UTF-8. */
const SENTENCE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}「」『』（）【】〔〕〈〉《》、。\ufffd].*$/su
/** Full stops, commas, brackets, quotes and their like, in both widths. A hyphen and an underline may end a token. */
const CLOSING = /[\p{Pe}\p{Pf}\p{Pi}.,;:!?'"`*>。、，．；：！？＞・…／＊｡､〟｣]/u

function decodedPath(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    // Not UTF-8.
    return null
  }
}
