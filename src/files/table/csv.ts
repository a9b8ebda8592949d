import { CsvError, parse } from 'csv-parse/sync'
import { dateTimeText } from '../../domain/text/dates.ts'
import { grouped } from '../../domain/text/grouped.ts'
import { SHEET_LIMITS, SHEET_LIMITS_TEXT } from './limits.ts'

/** What a cell of a file holds: text, a number, an instant, or null for a blank. */
export type CellValue = string | number | Date | null

/** One column of a file that goes out, CSV or Excel. */
export interface Column<Row> {
  header: string
  /** An instant is 令和8年11月26日（木）9時36分 in Tokyo: in a workbook a date cell that sorts, elsewhere text. */
  value: (row: Row) => CellValue
  /** Numbers that a workbook sets in a way of their own: `points` with two places, `place` (順位) in the middle. */
  number?: 'points' | 'place' | undefined
  /** false for text that must go out as it is though it may begin like a formula; by default text is guarded. */
  guard?: boolean
}

/** Header and rows as CSV text: commas, CRLF, quotes where needed. Bytes come from `encodeCsv`. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return `${columns.map(({ header }) => quoted(header)).join(',')}\r\n${csvLines(columns, rows)}`
}

/** The rows alone, each with its line end. */
export function csvLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return rows.map((row) => `${columns.map((column) => quoted(csvCell(column, row))).join(',')}\r\n`).join('')
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/

/**
 * An apostrophe before text that a spreadsheet would take for a formula. Excel in Japanese also takes ＝ ＋ － ＠ for
 * operators, and white space before them does not help. Codes and phone numbers begin with none of these and stay bare.
 * An apostrophe already there gets another, so that `plainCell` gives back exactly what went in.
 */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** The text a person meant: without the guard, or out of the ="4610110365" with which lists keep Excel from codes. */
export function plainCell(cell: string): string {
  if (cell.startsWith("'") && FORMULA.test(cell)) return cell.slice(1)
  return /^="([^"]*)"$/.exec(cell)?.[1] ?? cell
}

/**
 * Rows of cells in the order of the file, blank rows too: the index + 1 is the row number that Excel shows. A file that
 * is larger than a workbook may be is refused; its rows are read no further than needed to know it.
 */
export function parseCsv(csv: string): { ok: true; rows: string[][] } | { ok: false; message: string } {
  try {
    const rows: string[][] = parse(csv, {
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      to: SHEET_LIMITS.rows + 1,
      max_record_size: SHEET_LIMITS.row,
    })
    const cells = rows.reduce((sum, row) => sum + row.length, 0)
    const isTooLarge =
      rows.length > SHEET_LIMITS.rows || cells > SHEET_LIMITS.cells || rows.some(isTooLongRow)
    return isTooLarge ? { ok: false, message: TOO_LARGE } : { ok: true, rows }
  } catch (error) {
    // With relaxed columns and quotes, a quote that never closes is what remains.
    if (error instanceof CsvError) return { ok: false, message: faultText(error) }
    throw error
  }
}

function isTooLongRow(cells: readonly string[]): boolean {
  return cells.length > SHEET_LIMITS.columns || cells.some((cell) => cell.length > SHEET_LIMITS.cell)
}

const TOO_LARGE = `ファイルが大きすぎます。読み取れるのは${SHEET_LIMITS_TEXT}です。必要な範囲だけを残して、保存し直してください。`

const FORMULA = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠−])/u

/** As a page and a CSV show it. */
export function cellText(value: CellValue): string {
  if (value instanceof Date) return dateTimeText(value)
  return value === null ? '' : String(value)
}

function csvCell<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row)
  if (typeof value !== 'string') return cellText(value)
  return column.guard === false ? value : guardFormula(value)
}

function faultText(error: CsvError): string {
  const { records } = error as CsvError & { records?: number }
  const row = `${grouped((records ?? 0) + 1)}行目`
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? `${row}が長すぎます（1行は${SHEET_LIMITS.row / 1024}KBまで）。引用符（"）の閉じ忘れがないか、改行が失われていないかを確認してください。`
    : `${row}のセルで、引用符（"）が閉じられていません。この行の引用符を確認してください。`
}
