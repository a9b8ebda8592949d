import { setImmediate } from 'node:timers/promises'
import { type Column, csvLines, toCsv } from './csv.ts'
import { encodeCsv, encodeMore, type TextEncoding } from './encoding.ts'

/** The bytes of `toCsv`, written part by part: of thousands of rows nobody else waits for the whole. */
export async function csvFile<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  encoding: TextEncoding,
): Promise<Buffer> {
  const parts = [encodeCsv(toCsv(columns, rows.slice(0, PART)), encoding)]
  for (let at = PART; at < rows.length; at += PART) {
    await setImmediate()
    parts.push(encodeMore(csvLines(columns, rows.slice(at, at + PART)), encoding))
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

/** Rows that take a few milliseconds. */
const PART = 250
