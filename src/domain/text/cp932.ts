import { normalForm } from './normal-form.ts'
import { VARIANT_GROUPS } from './variant-characters.ts'

/**
 * CP932, the Shift_JIS of Windows (windows-31j): the characters a Japanese Excel file in that encoding can hold.
 * It has 﨑 髙 濵, which strict Shift_JIS lacks, and 6,355 of the 10,050 kanji of JIS X 0213. Texts are stored and shown as
 * they were typed; a file in CP932 alone has others in place of what it lacks. 外字 (private use) count as outside: only
 * the PC that made them shows them.
 */

/**
 * The first character that a CP932 file cannot hold.
 * @returns the character and its place, counted in code points from 1; null when all of them fit
 */
export function firstCharacterOutsideCp932(text: string): { character: string; position: number } | null {
  if (PLAIN.test(text)) return null
  const held = repertoire()
  let at = 0
  while (at < text.length && held[text.charCodeAt(at)] === 1) at += 1
  // What it holds is one unit each: so many of them are so many characters.
  return at === text.length
    ? null
    : { character: String.fromCodePoint(text.codePointAt(at)!), position: at + 1 }
}

/** Codes, numbers and addresses of mail: nothing in them is to be looked up. */
const PLAIN = /^[\x20-\x7e]*$/

/** A character that a CP932 file cannot hold, its place counted in code points from 1, and what stands there instead. */
export interface Replacement {
  character: string
  position: number
  written: string
}

/**
 * A text as a CP932 file has it. What looks the same goes without saying (〜 is ～); the rest is named: 𠮷 becomes 吉, ㈳
 * becomes (社), é becomes e, a variation selector goes, and what has nothing like it becomes 〓.
 */
export function toCp932(text: string): { text: string; replaced: Replacement[] } {
  const mapped = mapLookalikesToCp932(text)
  if (!firstCharacterOutsideCp932(mapped)) return { text: mapped, replaced: [] }
  const replaced: Replacement[] = []
  let written = ''
  for (const [index, character] of [...mapped].entries()) {
    const instead = isHeld(character) ? character : insteadOf(character)
    written += instead
    if (instead !== character) replaced.push({ character, position: index + 1, written: instead })
  }
  return { text: written, replaced }
}

/** 下駄 (geta): in print and in Japanese files the sign for a character that is not at hand. */
const NOT_AT_HAND = '〓'

function insteadOf(character: string): string {
  if (/[\p{Cf}\p{M}]/u.test(character)) return ''
  const variant = variants().get(character)
  if (variant !== undefined) return variant
  const bare = normalForm(character, 'NFKD').replace(/\p{M}/gu, '')
  return [compatible(character), bare].find(isWritable) ?? NOT_AT_HAND
}

/** As Unicode calls it compatible: ㈳ is (社). */
function compatible(character: string): string {
  return mapLookalikesToCp932(normalForm(character, 'NFKC'))
}

/** Nothing by which a cell would end, or begin to be a formula. */
function isWritable(text: string): boolean {
  return text !== '' && !/[\s",=+@'-]/u.test(text) && !firstCharacterOutsideCp932(text)
}

let knownVariants: ReadonlyMap<string, string> | undefined

/** 𠮷 → 吉: of a group the first that CP932 has. */
function variants(): ReadonlyMap<string, string> {
  knownVariants ??= new Map(
    VARIANT_GROUPS.flatMap((group) => {
      const first = [...group].find(isHeld)
      return first === undefined ? [] : [...group].map((each) => [each, first] as const)
    }),
  )
  return knownVariants
}

/**
 * Characters that differ between mappings of Shift_JIS, or look the same as one of CP932's, become that one: ～ for 〜,
 * － for −. One character for one, never a comma, quote or line end, so that a finished CSV text may be mapped.
 */
export function mapLookalikesToCp932(text: string): string {
  return text.replace(LOOKALIKE, (character) => LOOKALIKES.get(character) ?? character)
}

/** The same, and signs that CP932 lacks as what they are compatible with: ㈳ → (社), ㍿ → 株式会社. Kanji stay as they are. */
export function mapSignsToCp932(text: string): string {
  const mapped = mapLookalikesToCp932(text)
  if (!firstCharacterOutsideCp932(mapped)) return mapped
  return [...mapped].map(plainSign).join('')
}

function plainSign(character: string): string {
  if (isHeld(character) || /[\p{Ideographic}\p{M}]/u.test(character)) return character
  const plain = compatible(character)
  return firstCharacterOutsideCp932(plain) ? character : plain
}

/** What may be stored: assigned, of all people's, and no control. A lost character (U+FFFD) is none. */
export function firstUnknownCharacter(text: string): { character: string; position: number } | null {
  if (!UNKNOWN.test(text)) return null
  const position = [...text].findIndex((character) => UNKNOWN.test(character))
  return { character: [...text][position]!, position: position + 1 }
}

/** Line ends and tabs are white space. */
const UNKNOWN = /[\p{Cn}\p{Co}\p{Cs}\ufffd]|(?![\s\u0085])\p{Cc}/u

/** NFC, except for what it would exchange: the 神 福 靖 of a name, and the other compatible kanji, stay as they are printed. */
export function normaliseComposition(text: string): string {
  if (normalForm(text, 'NFC') === text) return text
  return text
    .split(EXCHANGED_BY_NFC)
    .map((part, index) => (index % 2 === 0 ? normalForm(part, 'NFC') : part))
    .join('')
}

/** The blocks of compatible kanji, and the one sign of CP932 that is exchanged: Å. */
const EXCHANGED_BY_NFC = /([\uf900-\ufaff\u{2f800}-\u{2fa1f}\u212b])/u

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

let units: Uint8Array | undefined

/** By code unit 1 for what it holds. Read out of the platform's decoder once: WHATWG calls windows-31j "shift_jis". */
function repertoire(): Uint8Array {
  if (units) return units
  units = new Uint8Array(0x1_0000)
  for (const character of new TextDecoder('shift_jis').decode(everyCode()))
    if (character !== '\ufffd' && !/\p{Co}/u.test(character)) units[character.charCodeAt(0)] = 1
  return units
}

function isHeld(character: string): boolean {
  return character.length === 1 && repertoire()[character.charCodeAt(0)] === 1
}

/** Every one- and two-byte code, each ended by a line feed, which keeps a decoder in step after an unused code. */
function everyCode(): Uint8Array {
  const bytes: number[] = []
  for (let code = 0; code <= 0xff; code += 1) bytes.push(code, 0x0a)
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) bytes.push(lead, trail, 0x0a)
  return Uint8Array.from(bytes)
}
