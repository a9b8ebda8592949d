import { isoDayText, weekdayOf } from './dates.ts'
import { normalForm } from './normal-form.ts'
import { asciiForms, HYPHENS, isFarTooLong, normaliseText } from './text.ts'

/**
 * Days, hours, months and fiscal years as officers write them: 令和8年12月18日（金）17時05分, R8.12.18, 2026/12/18 17:00,
 * 2026-12-18T17:00, full width or not. Hours without a zone are Tokyo's.
 */

/** `problem` says in Japanese what cannot be; null where the text is no date at all. */
export type NotRead = { ok: false; problem: string | null }
type TypedInstant = { ok: true; instant: Date; hasTime: boolean } | NotRead

/** A day alone means its start, or with `end` the end of it. */
export function readInstant(text: string, side: 'start' | 'end' = 'start'): TypedInstant {
  const day = readStart(text)
  if (!day.ok) return day
  const time = readTime(day.rest)
  if (!time.ok) return time
  const { minutes, milliseconds, offset } = time
  const at = minutes ?? (side === 'end' ? DAY_MINUTES : 0)
  const instant = new Date(day.midnight + (at - offset) * MINUTE + milliseconds)
  return { ok: true, instant, hasTime: minutes !== null }
}

/** @returns the instant, or null where the text is none */
export function parseInstant(text: string, side: 'start' | 'end' = 'start'): Date | null {
  const read = readInstant(text, side)
  return read.ok ? read.instant : null
}

/** A day without an hour. @returns `YYYY-MM-DD` */
export function readDay(text: string): { ok: true; day: string } | NotRead {
  const read = readInstant(text)
  if (!read.ok) return read
  return read.hasTime ? { ok: false, problem: null } : { ok: true, day: isoDayText(read.instant) }
}

/**
 * A month as people write it: 2024-09, 2024/9, 202409, 2024年9月, 令和6年9月, R6.9, each with or without a day.
 * @returns `YYYY-MM`, or null when it is no month from 2000 to 2099
 */
export function readMonth(text: string): string | null {
  if (isFarTooLong(text, LONGEST_MONTH)) return null
  const compact = asciiForms(text).replace(/\s/gu, '').replace(HYPHENS, '-')
  const match = COMMON_MONTH.exec(compact) ?? PLAIN_MONTH.exec(compact) ?? REIWA_MONTH.exec(compact)
  if (!match?.groups) return null
  const { year, reiwa, month } = match.groups
  const common = year ? Number(year) : REIWA_OFFSET + (reiwa === '元' ? 1 : Number(reiwa))
  if (common > 2099 || Number(month) < 1 || Number(month) > 12) return null
  return `${common}-${month!.padStart(2, '0')}`
}

const DAY_OF_MONTH = '(?:[-/.月]\\d{1,2}日?|月)?'
const COMMON_MONTH = new RegExp(`^(?<year>20\\d\\d)[-/.年](?<month>\\d{1,2})${DAY_OF_MONTH}$`)
const PLAIN_MONTH = /^(?<year>20\d\d)(?<month>\d\d)$/
const REIWA_MONTH = new RegExp(
  `^(?:令和?|R)(?<reiwa>元|\\d{1,2})[-/.年](?<month>\\d{1,2})${DAY_OF_MONTH}$`,
  'i',
)
const REIWA_OFFSET = 2018
/** 2024年12月31日 */
const LONGEST_MONTH = 11

/** 令和9年度, R9, 2027年度, 2027: the western year in which it begins. */
export function readFiscalYear(text: string): number | null {
  const groups = FISCAL_YEAR.exec(plain(text))?.groups
  const year = groups && yearOf(groups)
  return year && year >= EARLIEST && year < LATEST ? year : null
}

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60
const TOKYO = 9 * 60
const EARLIEST = 1000
/** The year after it has four digits as well. */
const LATEST = 9999
/** 令和元年12月31日（水曜日）午後11時59分59秒 has 27 characters. */
const LONGEST = 40

const ERAS: Record<string, number> = { 令: 2018, R: 2018, 平: 1988, H: 1988, 昭: 1925, S: 1925 }
const YEAR =
  '(?:(?<era>令|平|昭|[RHS])(?:和|成)?[.・]? ?(?<eraYear>元|\\d{1,2})|(?:西暦 ?|FY)?(?<year>\\d{4}))'
const FISCAL_YEAR = new RegExp(`^${YEAR} ?(?:年度?)?$`)
const DAY = new RegExp(`^${YEAR} ?[-/.年] ?(?<month>\\d{1,2}) ?[-/.月] ?(?<day>\\d{1,2})(?!\\d)(?: ?日)?`)
const DIGITS = /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?!\d)/
const WEEKDAY =
  /^ ?(?:\((?<inside>[日月火水木金土])(?:曜日?)?(?:[・·,、/]? ?祝日?)?\)|(?<plain>[日月火水木金土])曜日?)/
const NOON = /^正午/
const CLOCK =
  /^(?<half>午前|午後|AM|PM)? ?(?<hour>\d{1,2})(?::(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,3}))?)?| ?時(?: ?(?<min>\d{1,2}) ?分(?: ?(?<sec>\d{1,2}) ?秒)?|(?<thirty>半))?)(?: ?(?<after>AM|PM))?/
const ZONE = /^ ?(?:(?<utc>Z|UTC|GMT)|(?<tokyo>JST)|(?<sign>[+-])(?<hours>\d{2})(?::?(?<minutes>\d{2}))?)/
const END = /^ ?(?:まで|から|より)?[。.]?$/

type Groups = Record<string, string | undefined>

function readStart(text: string): { ok: true; midnight: number; rest: string } | NotRead {
  const typed = plain(text)
  const match = DAY.exec(typed) ?? DIGITS.exec(typed)
  if (!match?.groups) return { ok: false, problem: null }
  const [year, month, day] = [yearOf(match.groups), Number(match.groups.month), Number(match.groups.day)]
  const midnight = Date.UTC(year, month - 1, day)
  const written = new Date(midnight)
  const isDay = year >= EARLIEST && written.getUTCMonth() === month - 1 && written.getUTCDate() === day
  if (!isDay)
    return { ok: false, problem: `「${match[0].trim()}」という日付はありません。日付を確認してください。` }
  const rest = typed.slice(match[0].length)
  const weekday = WEEKDAY.exec(rest)
  if (!weekday) return { ok: true, midnight, rest }
  const right = weekdayOf(written)
  if ((weekday.groups!.inside ?? weekday.groups!.plain) !== right)
    return { ok: false, problem: `${match[0].trim()}は${right}曜日です。日付と曜日を確認してください。` }
  return { ok: true, midnight, rest: rest.slice(weekday[0].length) }
}

type Time =
  /** Minutes since midnight; null without an hour. `offset`: of its zone, in minutes. */
  { ok: true; minutes: number | null; milliseconds: number; offset: number } | NotRead

function readTime(rest: string): Time {
  if (END.test(rest)) return { ok: true, minutes: null, milliseconds: 0, offset: TOKYO }
  const typed = rest.replace(/^(?: ?[T,、の])? ?/, '')
  const clock = NOON.exec(typed) ?? CLOCK.exec(typed)
  const zone = ZONE.exec(typed.slice(clock?.[0].length ?? 0))
  const left = typed.slice((clock?.[0].length ?? 0) + (zone?.[0].length ?? 0))
  if (!clock || !END.test(left)) return { ok: false, problem: null }
  const time = clock.groups ? clockTime(clock[0].trim(), clock.groups) : { minutes: 12 * 60, milliseconds: 0 }
  if ('problem' in time) return { ok: false, problem: time.problem }
  const offset = zone?.groups ? offsetOf(zone.groups) : TOKYO
  return offset === null ? { ok: false, problem: null } : { ok: true, ...time, offset }
}

function clockTime(
  typed: string,
  groups: Groups,
): { minutes: number; milliseconds: number } | { problem: string } {
  const half = groups.half ?? groups.after
  const isTwelve = Number(groups.hour) === 12
  if (isTwelve && (half === '午前' || half === '午後'))
    return {
      problem: `「${typed}」は、昼の12時とも夜の12時とも読めます。「正午」か「24時」のように入力してください。`,
    }
  const afternoon = half === '午後' || half === 'PM' ? 12 : 0
  const hour = (half && isTwelve ? 0 : Number(groups.hour)) + afternoon
  const minute = groups.thirty ? 30 : Number(groups.minute ?? groups.min ?? 0)
  const second = Number(groups.second ?? groups.sec ?? 0)
  const milliseconds = second * 1000 + Number((groups.fraction ?? '').padEnd(3, '0'))
  const isAfterEnd = hour === 24 && minute * MINUTE + milliseconds > 0
  if (hour > 24 || minute > 59 || second > 59 || isAfterEnd || (half && Number(groups.hour) > 12))
    return { problem: `「${typed}」という時刻はありません。時刻を確認してください。` }
  return { minutes: hour * 60 + minute, milliseconds }
}

function offsetOf({ utc, tokyo, sign, hours, minutes = '0' }: Groups): number | null {
  if (utc) return 0
  if (tokyo) return TOKYO
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** 0 where an era has no such year. */
function yearOf({ era, eraYear, year }: Groups): number {
  if (!era) return Number(year)
  const number = eraYear === '元' ? 1 : Number(eraYear)
  return number === 0 ? 0 : ERAS[era]! + number
}

/** One spelling for all: half width, capitals, Arabic figures, a hyphen between digits, one space. */
function plain(text: string): string {
  if (isFarTooLong(text, LONGEST)) return ''
  return normaliseText(normalForm(text, 'NFKC'))
    .replace(HYPHENS, '-')
    .replace(/[〇零一二三四五六七八九十]{1,4}/gu, arabic)
    .replace(/\s/gu, ' ')
    .toUpperCase()
}

const FIGURES = '〇一二三四五六七八九'

/** 十八 → 18, 二〇二六 → 2026 */
function arabic(kanji: string): string {
  const figure = (character: string) => (character === '零' ? 0 : FIGURES.indexOf(character))
  const ten = kanji.indexOf('十')
  if (ten < 0) return [...kanji].map(figure).join('')
  const tens = ten === 0 ? 1 : figure(kanji[ten - 1]!)
  const ones = ten === kanji.length - 1 ? 0 : figure(kanji[ten + 1]!)
  return String(tens * 10 + ones)
}
