/**
 * How an instant, a day and a month read in a prefecture's letter and in its tables.
 * Days begin and end in Asia/Tokyo, whatever the server's zone: Japan has had no summer time since 1952,
 * so a fixed offset of nine hours is exact.
 */

const TOKYO_OFFSET = 9 * 60 * 60 * 1000
const DAY = 24 * 60 * 60 * 1000
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const

/** 令和6年3月18日（月） */
export function dateText(instant: Date): string {
  const { year, month, day, weekday } = tokyoParts(instant)
  return `${eraYear(year, month, day)}${month}月${day}日（${weekday}）`
}

/** 令和6年3月18日（月）17時05分 */
export function dateTimeText(instant: Date): string {
  const { year, month, day, weekday, hour, minute } = tokyoParts(instant)
  return `${eraYear(year, month, day)}${month}月${day}日（${weekday}）${hour}時${String(minute).padStart(2, '0')}分`
}

/** What the clocks in Japan show, as the UTC parts of a date. */
export function tokyoClock(instant: Date): Date {
  return new Date(instant.getTime() + TOKYO_OFFSET)
}

/** 2024-03-18 17:05, for tables and files that are sorted. */
export function isoMinuteText(instant: Date): string {
  return tokyoClock(instant).toISOString().slice(0, 16).replace('T', ' ')
}

/** `YYYY-MM` → 令和6年9月 */
export function monthText(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return `${eraYear(year!, number!, 1)}${number}月`
}

/** 2024 → 令和6年度. A fiscal year is named after the April it begins in. */
export function fiscalYearText(year: number): string {
  return `${monthText(`${year}-04`).replace(/年.*$/, '')}年度`
}

/** 2024-03-08 → 令和6年3月8日（金） */
export function dayText(day: string): string {
  return dateText(new Date(`${day}T00:00:00+09:00`))
}

/** 令和6年3月18日: as a letter is dated, without the day of the week. */
export function letterDayText(day: string): string {
  return dayText(day).replace(/（.）$/u, '')
}

/** 2024-03-18 in Tokyo */
export function isoDayText(instant: Date): string {
  return isoMinuteText(instant).slice(0, 10)
}

/** The number of a day: the difference of two is how many lie between them. */
export function tokyoDay(instant: Date): number {
  return Math.floor(tokyoClock(instant).getTime() / DAY)
}

/** 金 of the day that the instant has in UTC. */
export function weekdayOf(instant: Date): string {
  return WEEKDAYS[instant.getUTCDay()]!
}

function tokyoParts(instant: Date) {
  const shifted = tokyoClock(instant)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: weekdayOf(shifted),
  }
}

function eraYear(year: number, month: number, day: number): string {
  const date = year * 10_000 + month * 100 + day
  if (date >= 20190501) return `令和${numberOfYear(year - 2018)}年`
  if (date >= 19890108) return `平成${numberOfYear(year - 1988)}年`
  return `${year}年`
}

function numberOfYear(year: number): string {
  return year === 1 ? '元' : String(year)
}
