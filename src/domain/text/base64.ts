/** Bytes as base64 and back, by what Node and browsers both have. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PAD = '='
const LETTERS = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0))
/** By character code; 255 is no letter of it. */
const VALUES = new Uint8Array(128).fill(255)
for (const [value, letter] of LETTERS.entries()) VALUES[letter] = value

export function toBase64(bytes: Uint8Array): string {
  const written = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const [a, b = 0, c = 0] = [bytes[from]!, bytes[from + 1], bytes[from + 2]]
    written[to] = LETTERS[a >> 2]!
    written[to + 1] = LETTERS[((a & 3) << 4) | (b >> 4)]!
    written[to + 2] = LETTERS[((b & 15) << 2) | (c >> 6)]!
    written[to + 3] = LETTERS[c & 63]!
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return new TextDecoder().decode(written.subarray(0, written.length - missing)) + PAD.repeat(missing)
}

/** Null for what is not written exactly as `toBase64` writes it: base64 may end in bits that say nothing. */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null
  const missing = text.endsWith(PAD + PAD) ? 2 : text.endsWith(PAD) ? 1 : 0
  const letters = text.length - missing
  const bytes = new Uint8Array((text.length / 4) * 3 - missing)
  let bits = 0
  let held = 0
  let to = 0
  for (let at = 0; at < letters; at += 1) {
    const value = VALUES[text.charCodeAt(at)] ?? 255
    if (value === 255) return null
    bits = ((bits << 6) | value) & 0xfff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[to] = (bits >> held) & 255
    to += 1
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null
}
