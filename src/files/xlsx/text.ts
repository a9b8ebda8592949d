/** What a text must look like to come out of an .xlsx as it went in. */

/**
 * Excel writes _xHHHH_ for what XML cannot hold, so that text which looks like this is written so itself. A name that
 * every JavaScript object has is, too: the library would find that in its list of texts and take it for an index.
 */
export function xlsxText(text: string): string {
  const held = text.toWellFormed().replace(NEEDS_ESCAPE, escaped)
  return held in Object.prototype ? escaped(held[0]!) + held.slice(1) : held
}

/** Names that Excel accepts: full-width for what it forbids, at most 31 characters, none of them twice. */
export function sheetNames(wished: readonly string[]): string[] {
  const names: string[] = []
  for (const wish of wished) {
    const allowed =
      wish
        .replace(/[[\]:*?/\\]|^'|'$/g, fullWidth)
        .replace(/\p{Cc}/gu, ' ')
        .trim() || 'シート'
    const taken = (name: string) => names.some((other) => other.toLowerCase() === name.toLowerCase())
    let name = allowed.slice(0, LONGEST_NAME)
    for (let count = 2; taken(name); count++) {
      const suffix = ` (${count})`
      name = allowed.slice(0, LONGEST_NAME - suffix.length) + suffix
    }
    names.push(name)
  }
  return names
}

const NEEDS_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)|(?![\t\n])\p{Cc}|\p{Noncharacter_Code_Point}|\ufffd/gu
const LONGEST_NAME = 31

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .join('')
}

function fullWidth(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) + 0xfee0)
}
