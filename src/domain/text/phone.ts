import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { normaliseDigits, normalisePhone, withoutSentenceEnd } from './text.ts'

/**
 * 電話番号, written by the Japanese numbering plan (総務省の電話番号計画): 0992862707 is 099-286-2707, as 鹿児島 is 099,
 * and 0997521111 is 0997-52-1111. With hyphens a spreadsheet leaves a number alone; bare digits lose their first 0.
 */

interface ReadPhone {
  /** With hyphens where it is a Japanese number, an extension behind it; else as it was typed, in one form. */
  text: string
  /** A Japanese number that can be called from outside. */
  isNumber: boolean
  /** A spreadsheet had eaten the 0 at the front. */
  zeroRestored: boolean
}

/** However it is typed: full-width, with brackets, +81, an extension behind it, without its 0. */
export function readPhone(typed: string): ReadPhone {
  if (typed.length > LONGEST_TYPED) return { text: typed, isNumber: false, zeroRestored: false }
  const { main, extension } = partsOf(typed)
  const phone = domestic(normalisePhone(main))
  const restored = withZero(phone)
  const number = restored ?? phone
  const isNumber = isPhone(number)
  if (!isNumber) return { text: normalisePhone(typed), isNumber, zeroRestored: false }
  return { text: hyphenated(number) + extension, isNumber, zeroRestored: restored !== null }
}

/** A number that is known, as a page or a file writes it. What is none stays as it stands. */
export function phoneText(phone: string): string {
  if (isWritten(phone)) return phone
  const known = written.get(phone)
  if (known !== undefined) return known
  const { text, isNumber, zeroRestored } = readPhone(phone)
  const own = isNumber && !zeroRestored ? text : phone
  if (written.size >= MOST_WRITTEN) written.clear()
  written.set(phone, own)
  return own
}

/** The numbers of a master are written again and again, and the plan is long. */
const written = new Map<string, string>()
const MOST_WRITTEN = 20_000

/** As the plan has it already, as nearly all are: nothing of what else may stand in a number is looked for in it. */
function isWritten(phone: string): boolean {
  return WRITTEN.test(phone) && isPhone(phone) && isWellGrouped(phone)
}

const WRITTEN = /^0[1-9]\d{0,3}-\d{1,5}-\d{3,4}$/

/** As many digits as its beginning has in the plan, eleven or ten, in any groups: one more or one less is a slip. */
export function isPhone(text: string): boolean {
  const digits = text.replaceAll('-', '')
  return /^0\d+(-\d+)*$/.test(text) && digits.length === (ELEVEN_DIGITS.test(digits) ? 11 : 10)
}

const LONGEST_TYPED = 200

/** 内線, in the ways it is written behind a number. */
const EXTENSION = /内線?|ext(?:ension)?|[#＃]/iu
/** What is written around a number and belongs to none: ℡ before it, （代表） behind it. */
const AROUND = /^(?:tel|電話番号|電話|℡|携帯)|代表?|直通/giu

function partsOf(typed: string): { main: string; extension: string } {
  const [main = '', ...rest] = withoutSentenceEnd(typed)
    .trim()
    .replace(AROUND, '')
    .replace(/^[:：]/, '')
    .split(EXTENSION)
  const digits = normaliseDigits(rest.join('')).replace(/\D+/gu, ' ').trim().replaceAll(' ', '・')
  return { main, extension: digits && `（内線${digits}）` }
}

/** +81-99-…, 0081-99-… and +81-(0)99-… are 099-… */
function domestic(phone: string): string {
  return phone.replace(/^(?:\+|00)81-?(?:0-?)?/, '0').replace(/^(\d{9,10})-0+$/, (whole, digits) =>
    // 992862707.0: what a spreadsheet makes of a number.
    digits.startsWith('0') ? whole : digits,
  )
}

/** Nine digits of a fixed line or ten of a mobile, which are a number of the plan only with a 0 before them. */
function withZero(phone: string): string | null {
  const digits = phone.replaceAll('-', '')
  if (!/^(?!10)[1-9]\d{8,9}$/.test(digits) || !/^[\d-]+$/.test(phone)) return null
  const restored = `0${digits}`
  if (digits.length === 10) return ELEVEN_DIGITS.test(restored) ? `0${phone}` : null
  return ELEVEN_DIGITS.test(restored) ? null : `0${phone}`
}

/** 携帯電話, IP電話, 020 and 0800: the only numbers of eleven digits. */
const ELEVEN_DIGITS = /^0(?:[25-9]0|800)/

function hyphenated(phone: string): string {
  if (isWellGrouped(phone)) return phone
  const digits = phone.replaceAll('-', '')
  return plannedText(digits) ?? byAreaCode(digits)
}

/** Groups as the sender knows them: after an area code of the plan an exchange and four digits, or as mobiles have them. */
function isWellGrouped(phone: string): boolean {
  const groups = phone.split('-')
  const [first, second, third] = groups.map(({ length }) => length)
  if (groups.length !== 3 || !groups[0]) return false
  if (groups.join('').length === 11) return groups[0] === '0800' ? second === 3 : second === 4 && third === 4
  return second! > 0 && (third === 4 || third === 3) && first! <= 5 && isAreaCode(groups[0])
}

/** As the plan groups it; null where no number is like that. 0990 was ダイヤルQ2 until 2014. */
function plannedText(digits: string): string | null {
  const number = parsePhoneNumberFromString(digits, 'JP')
  if (!number?.isValid() || number.getType() === 'PREMIUM_RATE') return null
  const text = number.formatNational()
  // 010 is the way abroad, and what follows it no number of ours.
  return text.replaceAll('-', '') === digits ? text : null
}

/** Outside the plan, as examples are (099-000-0000): the longest area code that it has. */
function byAreaCode(digits: string): string {
  if (digits.length === 11) return grouped(digits, digits.startsWith('0800') ? [4, 3] : [3, 4])
  const length = [5, 4, 3, 2].find((each) => isAreaCode(digits.slice(0, each))) ?? 3
  return grouped(digits, [length, 6 - length])
}

function isAreaCode(code: string): boolean {
  const known = areaCodes.get(code) ?? isPlannedAreaCode(code)
  areaCodes.set(code, known)
  return known
}

/** Asked of codes of five digits at most, of which there are not many, and for every number that is typed. */
const areaCodes = new Map<string, boolean>()

/** An exchange may begin with 2 to 9 only: the plan, asked with such a one, says where the area code ends. */
function isPlannedAreaCode(code: string): boolean {
  return [...'2345678'].some((exchange) =>
    plannedText(code + exchange.repeat(10 - code.length))?.startsWith(`${code}-`),
  )
}

function grouped(digits: string, [first, second]: readonly [number, number] | number[]): string {
  return [digits.slice(0, first), digits.slice(first, first! + second!), digits.slice(first! + second!)].join(
    '-',
  )
}
