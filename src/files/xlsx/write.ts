import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import { type CellValue, type Column, plainCell } from '../table/csv.ts'
import { inThread } from '../thread/in-thread.ts'
import { bodyCell, type ColumnSetting, headerCell, linesIn, settingOf } from './cells.ts'
import { printedAndFiltered, READABLE_WIDTH } from './print.ts'
import { sheetNames } from './text.ts'
import { readZip, writeZip } from './zip.ts'

/** One sheet as it will stand in the workbook: the header row, then the rows. */
export interface XlsxSheet {
  name: string
  headers: readonly string[]
  /** How the numbers of each column are set, where not as they come. */
  numbers?: readonly Column<never>['number'][]
  rows: SheetRows
}

/** Made part by part, where there are thousands. */
type SheetRows = Pick<readonly (readonly CellValue[])[], 'length' | 'slice'>

/** With all its rows at hand. */
type WholeSheet = XlsxSheet & { rows: readonly (readonly CellValue[])[] }

/** The columns of a CSV as a sheet: one computation, two encoders. */
export function sheetOf<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): XlsxSheet {
  return {
    name,
    headers: columns.map(({ header }) => header),
    numbers: columns.map(({ number }) => number),
    rows: {
      length: rows.length,
      slice: (from, to) =>
        rows.slice(from, to).map((row) => columns.map(({ value }) => readableAgain(value(row)))),
    },
  }
}

/** A text that looks as if a CSV had guarded it gets one apostrophe more: whoever reads the file in takes one off. */
function readableAgain(value: CellValue): CellValue {
  return typeof value === 'string' && /^['=]/.test(value) && plainCell(value) !== value ? `'${value}` : value
}

/**
 * A workbook. Text is text: codes and phone numbers keep their zeros, also after a double click, and what begins like
 * a formula is none, so nothing is put before it. Numbers are numbers, instants are dates. The header stays in sight, on
 * paper too. The same sheets give the same bytes.
 */
export async function toXlsx(sheets: readonly XlsxSheet[]): Promise<Buffer> {
  const cells = sheets.reduce((sum, { headers, rows }) => sum + headers.length * rows.length, 0)
  if (cells <= FEW_CELLS) return xlsxOf(sheets)
  const heads = sheets.map((sheet) => ({ ...sheet, rows: [] }))
  const written = await inThread<Uint8Array<ArrayBuffer>>('xlsx', heads, { parts: partsOf(sheets) })
  if (!written.ok) throw new Error(written.message)
  return Buffer.from(written.value.buffer, written.value.byteOffset, written.value.byteLength)
}

/** Written before a thread would have begun. */
const FEW_CELLS = 4_000

/** Some rows of the sheet at this place. */
export interface SheetPart {
  sheet: number
  rows: WholeSheet['rows']
}

/** To make cells and to hand them over takes time: whoever waits for a page meanwhile gets it between two of these. */
function* partsOf(sheets: readonly XlsxSheet[]): Generator<SheetPart> {
  for (const [sheet, { headers, rows }] of sheets.entries()) {
    const size = Math.ceil(FEW_CELLS / Math.max(1, headers.length))
    for (let at = 0; at < rows.length; at += size) yield { sheet, rows: rows.slice(at, at + size) }
  }
}

/** A workbook whose rows come behind it. */
export function xlsxOfParts(heads: readonly XlsxSheet[], parts: readonly SheetPart[]): Promise<Buffer> {
  const rows = Map.groupBy(parts, ({ sheet }) => sheet)
  return xlsxOf(
    heads.map((head, index) => ({ ...head, rows: (rows.get(index) ?? []).flatMap((part) => part.rows) })),
  )
}

/** The same within the thread that does nothing else. */
export async function xlsxOf(given: readonly XlsxSheet[]): Promise<Buffer> {
  const sheets = given.map((sheet): WholeSheet => ({ ...sheet, rows: sheet.rows.slice(0) }))
  const names = sheetNames(sheets.map(({ name }) => name))
  const settings = sheets.map(settingsOf)
  const extents = sheets.map(({ rows }, index) => ({
    name: names[index]!,
    columns: settings[index]!.length,
    rows: rows.length + 1,
    width: widthOf(settings[index]!),
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
function settingsOf(sheet: WholeSheet): ColumnSetting[] {
  const widths = WIDEST.map((widest) => settingsWithin(sheet, widest))
  return widths.find((settings) => widthOf(settings) <= READABLE_WIDTH) ?? widths.at(-1)!
}

/** The most that a column may take, in half-width characters: less where the sheet has many columns. */
const WIDEST = [50, 40, 32, 26]

function settingsWithin({ headers, numbers, rows }: WholeSheet, widest: number): ColumnSetting[] {
  const columns = rows.reduce((most, cells) => Math.max(most, cells.length), headers.length)
  return Array.from({ length: columns }, (_, index) => {
    const values = rows.map((cells) => cells[index] ?? null)
    return settingOf({ header: headers[index] ?? '', number: numbers?.[index] }, values, widest)
  })
}

function sheetData({ headers, rows }: WholeSheet, settings: readonly ColumnSetting[]): SheetData {
  const height = LINE_HEIGHT * settings.reduce((most, { headerLines }) => Math.max(most, headerLines), 1)
  return [
    headers.map((header) => ({ ...headerCell(header), height })),
    ...rows.map((cells) => rowData(cells, settings)),
  ]
}

/** As high as its longest text needs it: not every program that opens the file sees to that. */
function rowData(cells: readonly CellValue[], settings: readonly ColumnSetting[]): SheetData[number] {
  const lines = cells.reduce<number>(
    (most, value, index) => Math.max(most, linesIn(value, settings[index]!)),
    1,
  )
  const set = cells.map((value, index) => bodyCell(value, settings[index]!))
  return lines === 1 ? set : set.map((cell) => cell && { ...cell, height: LINE_HEIGHT * lines })
}

function widthOf(settings: readonly ColumnSetting[]): number {
  return settings.reduce((sum, { width }) => sum + width, 0)
}

/** The library stamps the files with the present hour. */
function withoutHour(written: Buffer): Buffer {
  const read = readZip(written, () => true, Number.MAX_SAFE_INTEGER)
  if (!read.ok) throw new Error(`the workbook was written ${read.reason}`)
  return writeZip(read.files)
}
