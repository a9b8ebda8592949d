import { normaliseDigits } from '../../domain/text/text.ts'
import { readDay } from '../../domain/text/typed-dates.ts'
import { cell, headerKey, type TableRecord } from '../table/table.ts'

/** The columns that are read, of 24. */
export const BUREAU = {
  number: '医療機関番号',
  name: '医療機関名称',
  address: '医療機関所在地（住所）',
  postcode: '医療機関所在地（郵便番号）',
  beds: '病床数',
  filing: '受理届出名称',
  filingDay: '算定開始年月日',
  prefecture: '都道府県コード',
  table: '区分',
} as const

/** By these its header is found, wherever it stands. */
const TELLING = [BUREAU.number, BUREAU.name, BUREAU.filing, BUREAU.beds].map(headerKey)
/** A title and a day stand before it. */
const MOST_ROWS_BEFORE = 30

/** @returns the place of the header among the rows; -1 where it is another file */
export function bureauHeader(rows: readonly string[][]): number {
  return rows.slice(0, MOST_ROWS_BEFORE).findIndex((cells) => {
    const keys = new Set(cells.map(headerKey))
    return TELLING.every((key) => keys.has(key))
  })
}

/** The rows under the header. Pages may repeat it; where an institution's number is left out it is the one above. */
export function bureauRecords(rows: readonly string[][], header: number): TableRecord[] {
  const places = new Map<string, number>()
  for (const [place, text] of rows[header]!.entries()) {
    const key = headerKey(text)
    if (!places.has(key)) places.set(key, place)
  }
  const place = places.get(headerKey(BUREAU.number))!
  const name = places.get(headerKey(BUREAU.name))!
  const records: TableRecord[] = []
  for (let at = header + 1; at < rows.length; at += 1) {
    const cells = rows[at]!
    const isHeader = headerKey(cells[place] ?? '') === headerKey(BUREAU.number)
    if (isHeader || cells.every((text) => text.trim() === '')) continue
    const isContinued = (cells[place] ?? '').trim() === '' && (cells[name] ?? '').trim() === ''
    const above = records.at(-1)
    const own = isContinued && above ? cells.with(place, above.cells[place]!) : cells
    records.push({ row: at + 1, cells: own, places })
  }
  return records
}

export function byPrefecture(records: readonly TableRecord[], prefectureCode: string) {
  const own: TableRecord[] = []
  const foreign: TableRecord[] = []
  for (const record of records) {
    const code = normaliseDigits(cell(record, BUREAU.prefecture)).trim()
    const isOwn = code === '' || code.padStart(2, '0') === prefectureCode
    ;(isOwn ? own : foreign).push(record)
  }
  return { own, foreign }
}

/** As written once: with its zeros, without what some bureaus put between. */
export function institutionOf(record: TableRecord): string {
  const digits = normaliseDigits(cell(record, BUREAU.number)).replace(/[\s,，.・-]/gu, '')
  return /^\d{1,6}$/.test(digits) ? digits.padStart(7, '0') : digits
}

/** [令和７年１０月１日 現在 ]: of which day the list is. */
export function bureauDay(rows: readonly string[][]): string | null {
  for (const text of rows.flat()) {
    const title = normaliseDigits(text.slice(0, LONGEST_TITLE))
    const before = title.slice(0, Math.max(title.indexOf('現在'), 0))
    const day = readDay(
      before
        .split(/[[［【（(]/u)
        .at(-1)!
        .trim(),
    )
    if (day.ok) return day.day
  }
  return null
}

const LONGEST_TITLE = 200
