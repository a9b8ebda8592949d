import { foldName } from '../text/folding.ts'

/** What programs write in place of a character that they cannot: ? 〓 □ ● � and their like, 外字, HTML's &#39641; */
const LOST = /[?？〓□■▢▯▮●\ufffd\p{Co}]+|&#x?[0-9a-f]{2,6};?/giu

/** Whether characters seem to have been lost from a name or an address. */
export function hasLostCharacters(text: string): boolean {
  return text.search(LOST) >= 0
}

/** Whether a text is a known one but for the characters that it lost. */
export function isRemainderOf(text: string, known: string): boolean {
  const parts = text.split(LOST).map(foldName)
  if (parts.length < 2) return false
  const whole = foldName(known)
  const [first, last] = [parts[0]!, parts.at(-1)!]
  // At least one character is missing between two parts, and no more in all than signs stand there.
  const missing = [...whole].length - parts.reduce((length, part) => length + [...part].length, 0)
  const longest = [...text].length - [...text.replace(LOST, '')].length
  if (!whole.startsWith(first) || missing < parts.length - 1 || missing > longest) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = whole.indexOf(part, at + 1)
    if (found < 0) return false
    at = found + part.length
  }
  return whole.endsWith(last) && whole.length - last.length > at
}
