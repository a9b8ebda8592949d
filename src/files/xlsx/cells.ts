import type { CellObject } from 'write-excel-file/node'
import { tokyoClock } from '../../domain/text/dates.ts'
import { type CellValue, type Column, cellText } from '../table/csv.ts'
import { xlsxText } from './text.ts'

/** How the cells of one column are set, as far as the column as a whole decides it. */
export interface ColumnSetting {
  /** In half-width characters. */
  width: number
  /** Of the header, wrapped in this width. */
  headerLines: number
  align?: 'center' | 'right'
  /** Of its numbers, where they are not as they come. */
  format?: string
}

interface Heading {
  header: string
  number: Column<never>['number']
}

/**
 * @param values the column's cells, without the header
 * @param widest how wide the column may become: what is longer goes on in a second line
 */
export function settingOf(
  { header, number }: Heading,
  values: readonly CellValue[],
  widest: number,
): ColumnSetting {
  const filled = values.filter((value) => value !== null && value !== '')
  const widestHeader = filled.some((value) => typeof value === 'string')
    ? WIDEST_HEADER.text
    : WIDEST_HEADER.numbers
  const longest = filled.reduce<number>(
    (most, value) => Math.max(most, displayWidth(shownText(value))),
    NARROWEST,
  )
  const heading = displayWidth(header) + FILTER
  const width = Math.min(Math.max(longest, Math.min(heading, widestHeader)), widest) + MARGIN
  const format = formatOf(number, filled)
  return {
    width,
    headerLines: header === '' ? 1 : Math.ceil(heading / (width - MARGIN)),
    ...alignOf(number, filled, longest),
    ...(format && { format }),
  }
}

/** Excel's own words for 令和8年11月26日（木）9時36分. */
const INSTANT_FORMAT = '[$-411]ggge"年"m"月"d"日（"aaa"）"h"時"mm"分"'
const POINTS_FORMAT = '0.00'
/** What keeps an edited cell text; without it Excel reads the text anew. */
const TEXT_FORMAT = '@'

const NARROWEST = 6
/** A longer header goes on in a second line, so that a column of figures is no wider than it needs to be. */
const WIDEST_HEADER = { text: 16, numbers: 12 }
const MARGIN = 2
/** The button of the filter beside a header. */
const FILTER = 2
/** Up to here a text is a word, and stands in the middle of its column. */
const SHORT_TEXT = 14

/** Figures of one column have the same number of places. */
function formatOf(number: Heading['number'], filled: readonly CellValue[]): string | undefined {
  const isRagged =
    filled.every((value) => typeof value === 'number') && filled.some((value) => !Number.isInteger(value))
  return number === 'points' || isRagged ? POINTS_FORMAT : undefined
}

function alignOf(
  number: Heading['number'],
  filled: readonly CellValue[],
  longest: number,
): Pick<ColumnSetting, 'align'> {
  const isText = filled.length > 0 && filled.every((value) => typeof value === 'string')
  if (isText && filled.every((value) => /^[\d.,]+[％%]/.test(String(value)))) return { align: 'right' }
  if (number === 'place' || (isText && longest <= SHORT_TEXT)) return { align: 'center' }
  return {}
}

export function headerCell(header: string): CellObject {
  return {
    value: xlsxText(header),
    type: String,
    fontWeight: 'bold',
    backgroundColor: '#E8F1FE',
    align: 'center',
    alignVertical: 'center',
    wrap: true,
  }
}

/** How many lines a text needs in its column. */
export function linesIn(value: CellValue, { width }: ColumnSetting): number {
  if (typeof value !== 'string') return 1
  return value
    .split('\n')
    .reduce((lines, line) => lines + Math.max(1, Math.ceil(displayWidth(line) / (width - MARGIN))), 0)
}

export function bodyCell(value: CellValue, setting: ColumnSetting): CellObject | null {
  const { align, format } = setting
  if (value === null || value === '') return null
  const set = { alignVertical: 'top' as const, ...(align && { align }) }
  if (typeof value === 'number')
    return { ...set, ...(!align && INDENTED), value, type: Number, ...(format && { format }) }
  if (value instanceof Date)
    return { ...set, align: 'center', value: serialOf(value), type: Number, format: INSTANT_FORMAT }
  const wrap = linesIn(value, setting) > 1
  return { ...set, value: xlsxText(value), type: String, format: TEXT_FORMAT, wrap }
}

/** So that a figure does not touch what stands in the next column. */
const INDENTED = { align: 'right', indent: 1 } as const

/** Days since 1899-12-30 by the clock of Tokyo: Excel knows no zones. Milliseconds would show nowhere. */
function serialOf(instant: Date): number {
  const seconds = Math.floor(tokyoClock(instant).getTime() / 1000)
  return seconds / (24 * 60 * 60) + 25_569
}

function shownText(value: CellValue): string {
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(2) : cellText(value)
}

/** Of its longest line. It is asked of every cell, several times: unit by unit it is quickest. */
function displayWidth(text: string): number {
  let longest = 0
  let width = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === LINE_END) {
      longest = Math.max(longest, width)
      width = 0
    } else width += isHalf(unit) ? 1 : 2
  }
  return Math.max(longest, width)
}

const LINE_END = 10

/** Latin letters and what comes before them, and half-width kana. */
function isHalf(unit: number): boolean {
  return unit <= 0x2ff || (unit >= 0xff61 && unit <= 0xff9f)
}
