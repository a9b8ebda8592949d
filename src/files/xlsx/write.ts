import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import type { CellValue, Column } from '../table/csv.ts'
import { bodyCell, type ColumnSetting, headerCell, settingOf } from './cells.ts'
import { printedAndFiltered } from './print.ts'
import { sheetNames } from './text.ts'
import { readZip, writeZip } from './zip.ts'

/** One sheet as it will stand in the workbook: the header row, then the rows. */
export interface XlsxSheet {
  name: string
  headers: readonly string[]
  /** How the numbers of each column are set, where not as they come. */
  numbers?: readonly Column<never>['number'][]
  rows: readonly (readonly CellValue[])[]
}

/** The columns of a CSV as a sheet: one computation, two encoders. */
export function sheetOf<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): XlsxSheet {
  return {
    name,
    headers: columns.map(({ header }) => header),
    numbers: columns.map(({ number }) => number),
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
  }
}

/**
 * A workbook. Text is text: codes and phone numbers keep their zeros, also after a double click, and what begins like
 * a formula is none, so nothing is put before it. Numbers are numbers, instants are dates. The header stays in sight, on
 * paper too. The same sheets give the same bytes.
 */
export async function toXlsx(sheets: readonly XlsxSheet[]): Promise<Buffer> {
  const names = sheetNames(sheets.map(({ name }) => name))
  const settings = sheets.map(settingsOf)
  const extents = sheets.map(({ rows }, index) => ({
    name: names[index]!,
    columns: settings[index]!.length,
    rows: rows.length + 1,
    width: settings[index]!.reduce((sum, { width }) => sum + width, 0),
  }))
  const written = await writeExcelFile(
    sheets.map((sheet, index) => ({
      sheet: names[index]!,
      data: sheetData(sheet, settings[index]!),
      columns: settings[index]!.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
    })),
    { ...FONT, features: [printedAndFiltered(extents)] },
  ).toBuffer()
  return withoutHour(written)
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What Excel in Japanese begins a new workbook with. */
const FONT = { fontFamily: '游ゴシック', fontSize: 11 }
/** In points. */
const LINE_HEIGHT = 19

/** Of every column, also one that only rows reach. */
function settingsOf({ headers, numbers, rows }: XlsxSheet): ColumnSetting[] {
  const columns = rows.reduce((most, cells) => Math.max(most, cells.length), headers.length)
  return Array.from({ length: columns }, (_, index) => {
    const values = rows.map((cells) => cells[index] ?? null)
    return settingOf({ header: headers[index] ?? '', number: numbers?.[index] }, values)
  })
}

function sheetData({ headers, rows }: XlsxSheet, settings: readonly ColumnSetting[]): SheetData {
  const height = LINE_HEIGHT * settings.reduce((most, { headerLines }) => Math.max(most, headerLines), 1)
  return [
    headers.map((header) => ({ ...headerCell(header), height })),
    ...rows.map((cells) => cells.map((value, index) => bodyCell(value, settings[index]!))),
  ]
}

/** The library stamps the files with the present hour. */
function withoutHour(written: Buffer): Buffer {
  const read = readZip(written, () => true, Number.MAX_SAFE_INTEGER)
  if (!read.ok) throw new Error(`the workbook was written ${read.reason}`)
  return writeZip(read.files)
}
