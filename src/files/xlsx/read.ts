import { readSheet } from 'read-excel-file/node'
import { fileKindOf, isXlsx, kindText } from '../table/file-kind.ts'
import { SHEET_LIMITS_TEXT } from '../table/limits.ts'
import { exceedsBounds, WORKBOOK_LIMITS } from './bounds.ts'
import { placedCells } from './places.ts'
import { type VisibleSheet, visibleSheets } from './visible-sheets.ts'
import { readZip, writeZip } from './zip.ts'

/** As `parseCsv` gives them: every row of the sheet, blank ones too, and every cell as text. */
type SheetReading = { ok: true; sheet: string; rows: string[][] } | { ok: false; message: string }

/**
 * A sheet of an uploaded workbook, or in Japanese why it cannot be read; never throws.
 * Numbers come as they are entered, dates as 2024-03-18 or 2024-03-18 17:05, a formula as its last result, an error
 * value as Excel shows it. Hidden sheets are left out.
 * @param fits whether it is the sheet looked for: the first that is, else the first of all
 */
export async function readFittingSheet(
  bytes: Uint8Array,
  fits: (rows: string[][]) => boolean,
): Promise<SheetReading> {
  const kind = fileKindOf(bytes)
  if (!kind) return { ok: false, message: NO_WORKBOOK }
  if (!isXlsx(bytes)) return { ok: false, message: `${kindText(kind)}${SAVE_AGAIN}` }
  const unpacked = readZip(bytes, (name) => /\.(xml|rels)$/.test(name), WORKBOOK_LIMITS.bytes)
  if (!unpacked.ok) return { ok: false, message: unpacked.reason === 'broken' ? BROKEN : TOO_LARGE }
  const { files } = unpacked
  if (files.size > WORKBOOK_LIMITS.files) return { ok: false, message: TOO_LARGE }
  for (const [name, content] of files) {
    const xml = content.toString('utf8')
    if (exceedsBounds(xml)) return { ok: false, message: TOO_LARGE }
    if (!SHEET_FILE.test(name)) continue
    const placed = placedCells(xml)
    if (placed === null) return { ok: false, message: TOO_LARGE }
    files.set(name, Buffer.from(placed))
  }
  const sheets = visibleSheets(files.get(WORKBOOK)?.toString('utf8') ?? '')
  return firstFitting(writeZip(files), sheets, fits)
}

const WORKBOOK = 'xl/workbook.xml'
const SHEET_FILE = /worksheets\/[^/]+\.xml$/i
/** Each is read by itself, and with it all that the sheets share. */
const MOST_SHEETS = 10

const SAVE_AGAIN = 'Excelで開き、「Excelブック（.xlsx）」の形式で保存し直してください。'
const NO_WORKBOOK = `Excelブック（.xlsx）ではないようです。${SAVE_AGAIN}`
const BROKEN = `Excelブックを読み取れませんでした。ファイルが壊れている可能性があります。${SAVE_AGAIN}`
const TOO_LARGE = `Excelブックが大きすぎます。読み取れるのは${SHEET_LIMITS_TEXT}です。必要な範囲だけを新しいブックに貼り付け、保存し直してください。`

async function firstFitting(
  workbook: Buffer,
  sheets: readonly VisibleSheet[],
  fits: (rows: string[][]) => boolean,
): Promise<SheetReading> {
  let first: SheetReading | null = null
  for (const { place, name } of sheets.slice(0, MOST_SHEETS)) {
    const read = await readPlace(workbook, place, name)
    if (read.ok && fits(read.rows)) return read
    // A sheet that is a chart has no cells: the one behind it is named.
    if (!first?.ok) first = read
  }
  return first ?? readPlace(workbook, 1, '')
}

/** The library says "no workbook" by throwing, and throws much else where the XML is not what Excel writes. */
async function readPlace(workbook: Buffer, place: number, sheet: string): Promise<SheetReading> {
  try {
    const rows = await readSheet<string>(workbook, place, { trim: false, parseNumber: plainNumber })
    return { ok: true, sheet, rows: rows.map((cells) => cells.map(cellText)) }
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
