/**
 * Compares two texts by Unicode code point: negative, 0 or positive.
 *
 * JavaScript's own `<` compares UTF-16 units and so puts 𠮷 (U+20BB7, stored as surrogates from U+D800 on)
 * before 﨑 (U+FA11). Another language sorting the same file would not, and the order decides seats.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return codePointOrder(left) - codePointOrder(right)
  }
  return a.length - b.length
}

/** Moves the surrogates above the rest of the 16-bit range: where two units differ first, that is enough. */
function codePointOrder(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
