import type { ColumnRule } from '../../domain/disclosure/classes.ts'
import { maskedJson } from '../../domain/disclosure/masked-json.ts'
import { maskedTable, type Removal, type Standing, type Table } from '../../domain/disclosure/masked-table.ts'
import { parseCsv, plainCell } from '../table/csv.ts'
import { decodeText } from '../table/encoding.ts'
import { readSheets } from '../xlsx/read.ts'

/** A table of a document; '' where it has one alone. */
export interface Part extends Table {
  name: string
}

/** A document as it may be seen. */
export type Masked = { removals: Removal[] } & (
  | { kind: 'tables'; parts: Part[] }
  | { kind: 'json'; value: unknown }
)

/** The bytes of a file that we have written, taken apart and masked by the rules of its columns. */
export function maskedFile(
  file: { type: 'csv' | 'xlsx' | 'json'; bytes: Uint8Array },
  columns: readonly ColumnRule[],
  standing: Standing,
): Masked {
  if (file.type === 'json') {
    const read: unknown = JSON.parse(Buffer.from(file.bytes).toString('utf8'))
    return { kind: 'json', ...maskedJson(read, columns, standing) }
  }
  const tables =
    file.type === 'csv' ? [csvTable(file.bytes)] : together(readSheets(file.bytes).map(sheetTable))
  const masked = tables.map(({ name, ...table }) => ({ name, ...maskedTable(table, columns, standing) }))
  return {
    kind: 'tables',
    parts: masked.map(({ name, headers, rows }) => ({ name, headers, rows })),
    removals: summed(masked.flatMap(({ removals }) => removals)),
  }
}

function csvTable(bytes: Uint8Array): Part {
  const decoded = decodeText(bytes)
  const read = decoded.ok ? parseCsv(decoded.text) : decoded
  if (!read.ok) throw new Error(read.message)
  return sheetTable({ name: '', rows: read.rows.map((cells) => cells.map(plainCell)) })
}

function sheetTable({ name, rows }: { name: string; rows: string[][] }): Part {
  const [headers = [], ...others] = rows
  return { name, headers, rows: others.filter((cells) => cells.some((cell) => cell !== '')) }
}

/** What makes two sheets lists of the same things. */
const KEY = '医療機関コード'

/** Lists of hospitals become one: on which sheet of several a hospital stands says what became of it. */
function together(sheets: readonly Part[]): Part[] {
  const [lists, others] = [
    sheets.filter(({ headers }) => headers.includes(KEY)),
    sheets.filter(({ headers }) => !headers.includes(KEY)),
  ]
  if (lists.length < 2) return [...sheets]
  const headers = [...new Set(lists.flatMap((list) => list.headers))]
  const rows = lists.flatMap((list) => {
    const places = headers.map((header) => list.headers.indexOf(header))
    return list.rows.map((cells) => places.map((place) => (place < 0 ? '' : (cells[place] ?? ''))))
  })
  return [{ name: lists[0]!.name, headers, rows }, ...others]
}

function summed(removals: readonly Removal[]): Removal[] {
  const byColumn = new Map<string, Removal>()
  for (const removal of removals) {
    const { count = 0 } = byColumn.get(removal.column) ?? {}
    byColumn.set(removal.column, { ...removal, count: removal.count + count })
  }
  return [...byColumn.values()]
}
