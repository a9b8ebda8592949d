import { parseCsv } from './csv.ts'
import { decodeText, type TextEncoding } from './encoding.ts'

/** What an uploaded file holds before anybody looks at its columns. */
export interface FileRows {
  /** Blank rows too: the index + 1 is the row number that Excel shows. */
  rows: string[][]
  /** A workbook has every character, as UTF-8 has. */
  encoding: TextEncoding
  /** Of a workbook which sheet it is; '' for a CSV. */
  sheet: string
}

export type RowsReading = ({ ok: true } & FileRows) | { ok: false; message: string }

export function readCsv(bytes: Uint8Array): RowsReading {
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const parsed = parseCsv(decoded.text)
  return parsed.ok ? { ...parsed, encoding: decoded.encoding, sheet: '' } : parsed
}
