import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { Column } from '../table/csv.ts'
import { sheetNames, xlsxText } from './text.ts'
import { readZip, writeZip } from './zip.ts'

/** One sheet as it will stand in the workbook: the header row, then the rows. */
export interface XlsxSheet {
  name: string
  headers: readonly string[]
  rows: readonly (readonly (string | number | Date | null)[])[]
}

/** The columns of a CSV as a sheet: one computation, two encoders. */
export function sheetOf<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): XlsxSheet {
  return {
    name,
    headers: columns.map(({ header }) => header),
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
  }
}

/**
 * A workbook. Text is text: codes and phone numbers keep their zeros, also after a double click, and what begins like
 * a formula is none, so nothing is put before it. Numbers are numbers. The header stays in sight.
 * The same sheets give the same bytes.
 */
export async function toXlsx(sheets: readonly XlsxSheet[]): Promise<Buffer> {
  const names = sheetNames(sheets.map(({ name }) => name))
  const written = await writeExcelFile(
    sheets.map((sheet, index) => ({
      sheet: names[index]!,
      data: sheetData(sheet),
      columns: widths(sheet).map((width) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
    })),
    FONT,
  ).toBuffer()
  return withoutHour(written)
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What Excel in Japanese begins a new workbook with. */
const FONT = { fontFamily: '游ゴシック', fontSize: 11 }
const NARROWEST = 6
const WIDEST = 50

function sheetData({ headers, rows }: XlsxSheet): SheetData {
  const header = headers.map((value) => ({
    value: xlsxText(value),
    type: String,
    fontWeight: 'bold' as const,
    backgroundColor: '#E8F1FE',
  }))
  return [header, ...rows.map((cells) => cells.map(cellData))]
}

/** The number by which Excel knows an instant, in Tokyo's time: it has no zones. */
function excelDate(instant: Date): number {
  return (instant.getTime() + TOKYO_OFFSET) / DAY + DAYS_BEFORE_1970
}

const DAY = 24 * 60 * 60 * 1000
const TOKYO_OFFSET = 9 * 60 * 60 * 1000
const DAYS_BEFORE_1970 = 25_569

/** 令和6年3月18日（月）17時05分: the cell stays a date, which sorts and filters as one. */
const JAPANESE_DATE = '[$-411]ggge"年"m"月"d"日（"aaa"）"h"時"mm"分"'

function cellData(value: string | number | Date | null) {
  if (value === null || value === '') return null
  if (value instanceof Date)
    return {
      value: excelDate(value),
      type: Number,
      format: JAPANESE_DATE,
      alignVertical: 'top' as const,
      align: 'left' as const,
    }
  if (typeof value === 'number') return { value, type: Number, alignVertical: 'top' as const }
  const wrap = displayWidth(value) > WIDEST || value.includes('\n')
  // The format @ is what keeps an edited cell text; without it Excel reads the text anew.
  return { value: xlsxText(value), type: String, format: '@', alignVertical: 'top' as const, wrap }
}

/** Room for the longest line of a column, in half-width characters; text beyond the widest wraps. */
function widths({ headers, rows }: XlsxSheet): number[] {
  return headers.map((header, column) => {
    const cells = rows.map((cells) => displayWidth(widthText(cells[column] ?? '')))
    const longest = cells.reduce((longest, width) => Math.max(longest, width), displayWidth(header))
    return Math.min(Math.max(longest, NARROWEST), WIDEST) + 2
  })
}

function widthText(value: string | number | Date): string {
  return value instanceof Date ? dateTimeText(value) : String(value)
}

function displayWidth(text: string): number {
  return text
    .split('\n')
    .map((line) => line.length + (line.match(/[^\0-\u02ff\uff61-\uff9f]/g)?.length ?? 0))
    .reduce((longest, width) => Math.max(longest, width), 0)
}

/** The library stamps the files with the present hour. */
function withoutHour(written: Buffer): Buffer {
  const read = readZip(written, () => true, Number.MAX_SAFE_INTEGER)
  if (!read.ok) throw new Error(`the workbook was written ${read.reason}`)
  return writeZip(read.files)
}
