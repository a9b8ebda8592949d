import { fileKindOf } from '../table/file-kind.ts'
import { type RowsReading, readCsv } from '../table/file-rows.ts'
import { type KnownFile, knownFile } from '../table/known-file.ts'
import { type Table, type TableReading, tableOf } from '../table/table.ts'
import { readFittingSheet } from './read.ts'

/**
 * The rows of an uploaded file, CSV or workbook, told apart by its bytes; never throws.
 * @param fits whether a sheet of a workbook is the one looked for: the first that is, else the first of all
 */
export function readRows(bytes: Uint8Array, fits: (rows: string[][]) => boolean): RowsReading {
  if (!fileKindOf(bytes)) return readCsv(bytes)
  const read = readFittingSheet(bytes, fits)
  return read.ok ? { ...read, encoding: 'utf-8' } : read
}

/** The same by the names of its columns. `sheet` is '' for a CSV, and where no sheet could be read. */
export function readSheetTable(
  bytes: Uint8Array,
  fits: (table: Table) => boolean,
): { sheet: string; read: TableReading; known: KnownFile | null } {
  const rows = readRows(bytes, (sheet) => {
    const found = tableOf({ rows: sheet, encoding: 'utf-8', sheet: '' })
    return found.ok && fits(found.table)
  })
  return rows.ok
    ? { sheet: rows.sheet, read: tableOf(rows), known: knownFile(rows.rows) }
    : { sheet: '', read: rows, known: null }
}
