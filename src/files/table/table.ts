import { isBlank } from '../../domain/master/same-text.ts'
import { normalForm } from '../../domain/text/normal-form.ts'
import { plainCell } from './csv.ts'
import type { TextEncoding } from './encoding.ts'
import { ERROR_VALUE_TEXT, isErrorValue } from './error-value.ts'
import { type FileRows, readCsv } from './file-rows.ts'
import type { RowIssue } from './row-issue.ts'

/** A sheet by the names of its columns. */
export interface Table {
  encoding: TextEncoding
  /** As printed, white space off; '' for a column without a name. */
  headers: readonly string[]
  /** The same as cells are found by. */
  keys: readonly string[]
  /** The rows that hold something and fit the header. */
  records: readonly TableRecord[]
  /** Errors: rows with more cells than the header has, whose cells have slipped. They are not among the records. */
  ragged: readonly RowIssue[]
  /** Warnings: rows with fewer cells. */
  padded: readonly RowIssue[]
}

export interface TableRecord {
  /** As Excel counts, the header being row 1. */
  row: number
  /** Fewer than the header has where Excel left the last ones out; '' for what nobody sees. */
  cells: readonly string[]
  /** The place of each column, by key. */
  places: ReadonlyMap<string, number>
}

export type TableReading = { ok: true; table: Table } | { ok: false; message: string }

/** The bytes of a CSV → a table, or in Japanese why they are none. */
export function readTable(bytes: Uint8Array): TableReading {
  const read = readCsv(bytes)
  return read.ok ? tableOf(read) : read
}

export function tableOf({ rows: [headerRow, ...rows], encoding }: FileRows): TableReading {
  if (!headerRow?.some((cell) => !isBlank(cell))) return { ok: false, message: NO_HEADER }
  const spoilt = headerRow.findIndex(isErrorValue)
  if (spoilt >= 0) return { ok: false, message: spoiltHeader(spoilt + 1, headerRow[spoilt]!.trim()) }
  if (headerRow.length === 1 && headerRow[0]!.includes('\t')) return { ok: false, message: TABS }

  const headers = headerRow.map((header) => (isBlank(header) ? '' : header.trim()))
  const filled = rows
    .map((cells, index) => ({
      row: index + 2,
      cells: cells.map((cell) => (isBlank(plainCell(cell.trim())) ? '' : cell)),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const fits = ({ cells }: { cells: string[] }) => cells.slice(headers.length).every((extra) => extra === '')
  const short = filled.filter(({ cells }) => cells.length < headers.length).map(({ row }) => row)
  const padded = short.length > 0 ? [shortRows(short)] : []
  const ragged = filled.filter((row) => !fits(row)).map(({ row, cells }) => raggedRow(row, headers, cells))
  const records = filled.filter(fits).map((record) => ({ ...record, places: new Map() }))
  const table = { encoding, headers, keys: [], records, ragged, padded }
  return { ok: true, table: withKeys(table, headers.map(headerKey)) }
}

/** The same table, its columns found by other names. */
export function withKeys(table: Table, keys: readonly string[]): Table {
  const places = new Map<string, number>()
  for (const [place, key] of keys.entries()) if (!places.has(key)) places.set(key, place)
  return { ...table, keys, records: table.records.map((record) => ({ ...record, places })) }
}

/** The columns that have a name, each once, by what its cells are found by. */
export function printedColumns(table: Table): string[] {
  return [...new Set(table.keys)].filter((key) => key !== '')
}

/** Spelling of a header that does not matter: width of letters, brackets and kana, white space, what nobody sees. */
export function headerKey(header: string): string {
  return normalForm(header, 'NFKC').replace(/[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu, '')
}

/** The cell under a header, '' where the file has no such column. */
export function cell(record: TableRecord, header: string): string {
  const place = placeOf(record, header)
  return place === undefined ? '' : (record.cells[place] ?? '')
}

/** Whether the row ends before the column, so that nobody said that its cell is blank. */
export function isCutOff(record: TableRecord, header: string): boolean {
  const place = placeOf(record, header)
  return place !== undefined && place >= record.cells.length
}

export function hasColumn(table: Table, header: string): boolean {
  return table.keys.includes(headerKey(header))
}

/** Those of `headers` that stand over more than one column, so that nobody can tell which one counts. */
export function repeatedColumns(table: Table, headers: readonly string[]): string[] {
  return headers.filter((header) => table.keys.filter((key) => key === headerKey(header)).length > 1)
}

const NO_HEADER = 'ファイルの1行目に見出しがありません。1行目を見出しの行にしてください。'
const TABS = 'タブ区切りのようです。カンマ区切りのCSV形式で保存し直してください。'

function spoiltHeader(place: number, header: string): string {
  return `1行目の${place}列目の見出し「${header}」は、${ERROR_VALUE_TEXT}`
}

function placeOf({ places }: TableRecord, header: string): number | undefined {
  // Keys are normalised, so most headers are their own key.
  return places.get(header) ?? places.get(headerKey(header))
}

/** Blank cells past the header are what Excel leaves behind; filled ones mean a comma too many. */
function raggedRow(row: number, headers: readonly string[], cells: readonly string[]): RowIssue {
  const message = `列の数（${cells.length}列）が見出し（${headers.length}列）と合いません。カンマや引用符（"）の過不足を確認してください。`
  return { row, message }
}

/** Excel leaves the last commas out where the last columns are blank for many rows, so one warning stands for all. */
function shortRows(rows: readonly number[]): RowIssue {
  const more = rows.length > 3 ? `ほか${rows.length - 3}行` : ''
  const list = `${rows.slice(0, 3).join('、')}行目${more && `、${more}`}`
  return {
    row: rows[0]!,
    message: `列の数が見出しより少ない行（${list}）は、末尾の列に記入がないものとして扱いました。`,
  }
}
