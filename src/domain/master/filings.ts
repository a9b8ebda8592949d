import { dayText } from '../text/dates.ts'
import { readDay } from '../text/typed-dates.ts'

/** 施設基準の届出: its name, and since when it holds. */
export interface Filing {
  name: string
  /** 算定開始年月日, `YYYY-MM-DD`; null where the list does not say. */
  from: string | null
}

/** 診療録管理体制加算１（令和6年6月1日）;… in one cell, as `readFilings` reads it. */
export function filingsText(filings: readonly Filing[]): string {
  return filings.map(({ name, from }) => (from ? `${name}（${plainDay(from)}）` : name)).join(';')
}

/** The same the other way; a day may be written as officers write days. What in brackets is no day belongs to the name. */
export function readFilings(text: string): Filing[] {
  return text.split(/[;；\n]/u).flatMap((part) => {
    const filing = filingOf(part.trim())
    return filing.name === '' ? [] : [filing]
  })
}

/** The last day on which any of them says that something began; null where none does. */
export function latestFiling(hospitals: readonly { filings: readonly Filing[] }[]): string | null {
  const days = hospitals.flatMap(({ filings }) => filings.flatMap(({ from }) => from ?? []))
  return days.reduce<string | null>((latest, day) => (latest === null || day > latest ? day : latest), null)
}

/** A name that can stand among others in one cell. */
export function filingName(text: string): string {
  return text.replace(/[;；]/gu, '、')
}

/** Without its weekday. */
function plainDay(day: string): string {
  return dayText(day).replace(/（.）$/u, '')
}

function filingOf(text: string): Filing {
  const opening = Math.max(text.lastIndexOf('（'), text.lastIndexOf('('))
  const name = text.slice(0, Math.max(opening, 0)).trim()
  const written = /[）)]$/u.test(text) && opening > 0 ? text.slice(opening + 1, -1) : ''
  const day = readDay(written.slice(0, LONGEST_DAY))
  return day.ok && written.length <= LONGEST_DAY && name !== ''
    ? { name, from: day.day }
    : { name: text, from: null }
}

const LONGEST_DAY = 40
