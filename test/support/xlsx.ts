import { readFittingSheet } from '../../src/files/xlsx/read.ts'

/** The first visible sheet of a workbook. */
export async function readXlsx(
  bytes: Uint8Array,
): Promise<{ ok: true; rows: string[][] } | { ok: false; message: string }> {
  const read = await readFittingSheet(bytes, () => true)
  return read.ok ? { ok: true, rows: read.rows } : read
}
