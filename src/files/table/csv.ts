import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { dateTimeText } from '../../domain/text/dates.ts'
import { SHEET_LIMITS, SHEET_LIMITS_TEXT } from './limits.ts'

/**
 * One column of a file that goes out, CSV or Excel: strings are text cells, numbers are numbers, null is blank. An
 * instant is a date cell in Excel, and reads 令和6年3月18日（月）17時05分 in both.
 */
export interface Column<Row> {
  header: string
  value: (row: Row) => string | number | Date | null
  /** false for text that must go out as it is though it may begin like a formula; by default text is guarded. */
  guard?: boolean
}

/** Header and rows as CSV text: commas, CRLF, quotes where needed. Bytes come from `encodeCsv`. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => csvCell(column, row)))
  return stringify([columns.map((column) => column.header), ...cells], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]|^\s|\s$/,
  })
}

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
    })
    const isTooLarge =
      rows.length > SHEET_LIMITS.rows || rows.some((cells) => cells.length > SHEET_LIMITS.columns)
    return isTooLarge ? { ok: false, message: TOO_LARGE } : { ok: true, rows }
  } catch (error) {
    // With relaxed columns and quotes, a quote that never closes is what remains.
    if (error instanceof CsvError) return { ok: false, message: unclosedQuote(error) }
    throw error
  }
}

const TOO_LARGE = `ファイルが大きすぎます。読み取れるのは${SHEET_LIMITS_TEXT}です。必要な範囲だけを残して、保存し直してください。`

const FORMULA = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠−])/u

function csvCell<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row)
  if (value instanceof Date) return dateTimeText(value)
  if (typeof value !== 'string') return value === null ? '' : String(value)
  return column.guard === false ? value : guardFormula(value)
}

function unclosedQuote(error: CsvError): string {
  const { records } = error as CsvError & { records?: number }
  return `${(records ?? 0) + 1}行目のセルで、引用符（"）が閉じられていません。この行の引用符を確認してください。`
}
