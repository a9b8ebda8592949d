import { readSheet } from 'read-excel-file/node'
import { SHEET_LIMITS_TEXT } from '../table/limits.ts'
import { exceedsBounds, WORKBOOK_LIMITS } from './bounds.ts'
import { readZip, writeZip } from './zip.ts'

type XlsxReading =
  /** As `parseCsv` gives them: every row of the sheet, blank ones too, and every cell as text. */
  { ok: true; rows: string[][] } | { ok: false; message: string }

/**
 * The first sheet of an uploaded workbook, or in Japanese why it cannot be read; never throws.
 * Numbers come as they are entered, dates as 2024-03-18 or 2024-03-18 17:05, a formula as its last result.
 * Other sheets, hidden or not, are left out.
 */
export async function readXlsx(bytes: Uint8Array): Promise<XlsxReading> {
  if (startsWith(bytes, OLD_EXCEL)) return { ok: false, message: OLD_OR_LOCKED }
  if (!startsWith(bytes, ZIP)) return { ok: false, message: NO_WORKBOOK }
  const unpacked = readZip(bytes, (name) => /\.(xml|rels)$/.test(name), WORKBOOK_LIMITS.bytes)
  if (!unpacked.ok) return { ok: false, message: unpacked.reason === 'broken' ? BROKEN : TOO_LARGE }
  const { files } = unpacked
  if (files.size > WORKBOOK_LIMITS.files) return { ok: false, message: TOO_LARGE }
  for (const xml of files.values())
    if (exceedsBounds(xml.toString('utf8'))) return { ok: false, message: TOO_LARGE }
  return firstSheet(writeZip(files))
}

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0]

const SAVE_AGAIN = 'Excelで開き、「Excelブック（.xlsx）」の形式で保存し直してください。'
const NO_WORKBOOK = `Excelブック（.xlsx）ではないようです。${SAVE_AGAIN}`
const OLD_OR_LOCKED = `以前の形式（.xls）か、パスワードで保護されたExcelブックのようです。パスワードがあれば解除した上で、${SAVE_AGAIN}`
const BROKEN = `Excelブックを読み取れませんでした。ファイルが壊れている可能性があります。${SAVE_AGAIN}`
const TOO_LARGE = `Excelブックが大きすぎます。読み取れるのは${SHEET_LIMITS_TEXT}です。必要な範囲だけを新しいブックに貼り付け、保存し直してください。`

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

/** The library says "no workbook" by throwing, and throws much else where the XML is not what Excel writes. */
async function firstSheet(workbook: Buffer): Promise<XlsxReading> {
  try {
    const rows = await readSheet<string>(workbook, 1, { trim: false, parseNumber: plainNumber })
    return { ok: true, rows: rows.map((cells) => cells.map(cellText)) }
  } catch {
    return { ok: false, message: BROKEN }
  }
}

/** 4.610110365E9 is 4610110365. */
function plainNumber(text: string): string {
  return String(Number(text))
}

function cellText(value: unknown): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (!(value instanceof Date)) return String(value)
  const [day, time] = value.toISOString().split('T')
  return time!.startsWith('00:00') ? day! : `${day} ${time!.slice(0, 5)}`
}
