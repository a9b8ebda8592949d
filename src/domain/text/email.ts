import { normaliseEmail, withoutSentenceEnd } from './text.ts'

/**
 * Mail addresses, as carriers have given them out: a..b@docomo.ne.jp, .ab@… and ab.@… are no dot-atom of RFC 5321, and
 * people have had them for twenty years. In a mail their local part is quoted.
 */

/** One address, without a name, that a mail may be sent to. */
export function isEmail(text: string): boolean {
  return ADDRESS.test(text) && text.length <= LONGEST
}

/** As it is stored, from what was typed: `"a..b"@…`, <a..b@…>, mailto: and what ends a sentence are none of it. */
export function readEmail(typed: string): string {
  const bare = normaliseEmail(typed)
    .replace(/^mailto:/i, '')
    .replace(/^<(.+)>$/, '$1')
    .replace(/[。｡]/gu, '.')
  const at = bare.lastIndexOf('@')
  if (at < 0) return bare
  const local = bare.slice(0, at).trim()
  const domain = withoutSentenceEnd(bare.slice(at + 1)).trimStart()
  return `${/^"[^"\\]+"$/.test(local) ? local.slice(1, -1) : local}@${domain}`
}

/** As a mail server is told it: nothing but an address that `isEmail` lets through, quoted where it has to be. */
export function quotedEmail(address: string): string {
  const at = address.lastIndexOf('@')
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)]
  return DOT_ATOM.test(local) ? address : `"${local}"@${domain}`
}

/** Of RFC 5321. */
const LONGEST = 254

/** Letters, digits and the signs of RFC 5322's atoms, and dots anywhere: neither blank, quote nor bracket. */
const LOCAL = "[\\w.!#$%&'*+/=?^`{|}~-]{1,64}"
const LABEL = '(?:[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?)'
const ADDRESS = new RegExp(`^${LOCAL}@(?:${LABEL}\\.){1,30}(?:[a-z]{2,63}|xn--[a-z\\d-]{1,59})$`, 'i')
const DOT_ATOM = /^[^.]+(?:\.[^.]+)*$/
