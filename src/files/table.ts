import { parseCsv } from './csv.ts'
import { decodeText, type TextEncoding } from './encoding.ts'
import type { RowIssue } from './row-issue.ts'

/** A CSV file by the names of its columns. */
export interface Table {
  encoding: TextEncoding
  /** As printed, white space off; '' for a column without a name. */
  headers: readonly string[]
  /** The rows that hold something and fit the header. */
  records: readonly TableRecord[]
  /** One a row whose number of cells does not fit the header: its cells may have slipped. */
  ragged: readonly RowIssue[]
}

export interface TableRecord {
  /** As Excel counts, the header being row 1. */
  row: number
  cells: ReadonlyMap<string, string>
}

/** Bytes of any kind → a table, or in Japanese why they are none. */
export function readTable(bytes: Uint8Array): { ok: true; table: Table } | { ok: false; message: string } {
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const parsed = parseCsv(decoded.text)
  if (!parsed.ok) return parsed
  const [headerRow, ...rows] = parsed.rows
  if (!headerRow?.some((cell) => cell.trim())) return { ok: false, message: NO_HEADER }
  if (headerRow.length === 1 && headerRow[0]!.includes('\t')) return { ok: false, message: TABS }

  const headers = headerRow.map((header) => header.trim())
  const keys = headers.map(headerKey)
  const filled = rows
    .map((cells, index) => ({ row: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim()))
  const fits = ({ cells }: { cells: string[] }) => fitting(headers, cells)
  const ragged = filled.filter((row) => !fits(row)).map(({ row, cells }) => raggedRow(row, headers, cells))
  const records = filled.filter(fits).map(({ row, cells }) => ({ row, cells: byHeader(keys, cells) }))
  return { ok: true, table: { encoding: decoded.encoding, headers, records, ragged } }
}

/** Spelling of a header that does not matter: width of letters, brackets and kana, white space. */
export function headerKey(header: string): string {
  return header.normalize('NFKC').replace(/\s/gu, '')
}

/** The cell under a header, '' where the file has no such column. */
export function cell(record: TableRecord, header: string): string {
  // Keys are normalised, so most headers are their own key.
  return record.cells.get(header) ?? record.cells.get(headerKey(header)) ?? ''
}

export function hasColumn(table: Table, header: string): boolean {
  return table.headers.some((candidate) => headerKey(candidate) === headerKey(header))
}

/** Those of `headers` that stand over more than one column, so that nobody can tell which one counts. */
export function repeatedColumns(table: Table, headers: readonly string[]): string[] {
  const keys = table.headers.map(headerKey)
  return headers.filter((header) => keys.filter((key) => key === headerKey(header)).length > 1)
}

const NO_HEADER = 'ファイルの1行目に見出しがありません。1行目を見出しの行にしてください。'
const TABS = 'タブ区切りのようです。カンマ区切りのCSV形式で保存し直してください。'

/** Blank cells past the header are what Excel leaves behind; missing ones mean that a comma may be missing anywhere. */
function fitting(headers: readonly string[], cells: readonly string[]): boolean {
  return cells.length >= headers.length && cells.slice(headers.length).every((extra) => !extra.trim())
}

function raggedRow(row: number, headers: readonly string[], cells: readonly string[]): RowIssue {
  const message = `列の数（${cells.length}列）が見出し（${headers.length}列）と合いません。カンマや引用符（"）の過不足を確認してください。`
  return { row, message }
}

function byHeader(keys: readonly string[], cells: readonly string[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>()
  for (const [index, key] of keys.entries()) if (!named.has(key)) named.set(key, cells[index] ?? '')
  return named
}
