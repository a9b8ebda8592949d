import { fileKindOf } from '../table/file-kind.ts'
import { type RowsReading, readCsv } from '../table/file-rows.ts'
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
