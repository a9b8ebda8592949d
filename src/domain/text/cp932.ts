/**
 * CP932, the Shift_JIS of Windows (windows-31j): the characters a Japanese Excel file in that encoding can hold.
 * It has 﨑 髙 濵, which strict Shift_JIS lacks. 外字 (private use) count as outside: only the PC that made them shows them.
 */

/**
 * The first character that a CP932 file cannot hold.
 * @returns the character and its place, counted in code points from 1; null when all of them fit
 */
export function firstCharacterOutsideCp932(text: string): { character: string; position: number } | null {
  let position = 0
  for (const character of text) {
    position += 1
    if (!repertoire().has(character)) return { character, position }
  }
  return null
}

/**
 * Characters that differ between mappings of Shift_JIS, or look the same as one of CP932's, become that one: ～ for 〜,
 * － for −. One character for one, never a comma, quote or line end, so that a finished CSV text may be mapped.
 */
export function mapLookalikesToCp932(text: string): string {
  return text.replace(LOOKALIKE, (character) => LOOKALIKES.get(character) ?? character)
}

/** As above, and what else CP932 lacks but Unicode calls compatible with characters it has: ㈳ → (社), ㍿ → 株式会社. */
export function mapToCp932(text: string): string {
  if (!firstCharacterOutsideCp932(text)) return text
  let mapped = ''
  for (const character of mapLookalikesToCp932(text)) mapped += compatible(character)
  return mapped
}

/** NFC, except for the characters of CP932 that NFC would exchange: the 神 福 靖 of a name stay as they are printed. */
export function normaliseComposition(text: string): string {
  if (normalForm(text, 'NFC') === text) return text
  return text
    .split(exchangedByNfc())
    .map((part, index) => (index % 2 === 0 ? normalForm(part, 'NFC') : part))
    .join('')
}

/**
 * Unicode's normal form, in time that grows with the text. It puts the marks on a letter in order, which costs the square
 * of their number: a text with more of them in a row than any language has (UAX #15 draws the line at 30) stays as it is.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC'): string {
  return TOO_MANY_MARKS[form].test(text) ? text : text.normalize(form)
}

/** NFKC makes marks of the half-width ﾞ and ﾟ. */
const TOO_MANY_MARKS = { NFC: /\p{M}{31}/u, NFKC: /[\p{M}ﾞﾟ]{31}/u } as const

const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['〜', '～'],
  ['−', '－'],
  ['‒', '－'],
  ['–', '－'],
  ['—', '―'],
  ['‖', '∥'],
  ['¢', '￠'],
  ['£', '￡'],
  ['¥', '￥'],
  ['¦', '￤'],
  ['¬', '￢'],
  ['¯', '￣'],
  ['‾', '￣'],
  ['‑', '‐'],
  ['·', '・'],
  ['•', '・'],
  ['⋯', '…'],
  ['⁄', '／'],
  ['\u00c5', '\u212b'],
  ['\u3099', '゛'],
  ['\u309a', '゜'],
])
const LOOKALIKE = new RegExp(`[${[...LOOKALIKES.keys()].join('')}]`, 'gu')

function compatible(character: string): string {
  if (repertoire().has(character)) return character
  const equivalent = mapLookalikesToCp932(normalForm(character, 'NFKC'))
  return firstCharacterOutsideCp932(equivalent) ? character : equivalent
}

let characters: ReadonlySet<string> | undefined

/** Read out of the platform's decoder once: WHATWG calls windows-31j "shift_jis". */
function repertoire(): ReadonlySet<string> {
  characters ??= new Set(
    [...new TextDecoder('shift_jis').decode(everyCode())].filter(
      (character) => character !== '\ufffd' && !/\p{Co}/u.test(character),
    ),
  )
  return characters
}

/** Every one- and two-byte code, each ended by a line feed, which keeps a decoder in step after an unused code. */
function everyCode(): Uint8Array {
  const bytes: number[] = []
  for (let code = 0; code <= 0xff; code += 1) bytes.push(code, 0x0a)
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) bytes.push(lead, trail, 0x0a)
  return Uint8Array.from(bytes)
}

let exchanged: RegExp | undefined

function exchangedByNfc(): RegExp {
  exchanged ??= new RegExp(
    `([${[...repertoire()].filter((character) => normalForm(character, 'NFC') !== character).join('')}])`,
    'u',
  )
  return exchanged
}
