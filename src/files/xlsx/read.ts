import { fileKindOf, isXlsx, kindText } from '../table/file-kind.ts'
import { SHEET_LIMITS_TEXT } from '../table/limits.ts'
import { readBook } from './book.ts'
import { readDateFormats } from './dates.ts'
import { readSheetRows } from './sheet.ts'
import { readSharedStrings } from './strings.ts'
import { XmlTooLarge } from './xml.ts'
import { openZip, ZipFault } from './zip.ts'

/** As `parseCsv` gives them: every row of the sheet, blank ones too, and every cell as text. */
type SheetReading = { ok: true; sheet: string; rows: string[][] } | { ok: false; message: string }

/**
 * A sheet of an uploaded workbook, or in Japanese why it cannot be read; never throws.
 * Numbers come as they are entered, dates as 2024-03-18 or 2024-03-18 17:05, a formula as its last result, an error
 * value as Excel shows it. Hidden sheets are left out.
 * @param fits whether it is the sheet looked for: the first that is, else the first of all
 */
export function readFittingSheet(bytes: Uint8Array, fits: (rows: string[][]) => boolean): SheetReading {
  const kind = fileKindOf(bytes)
  if (!kind) return { ok: false, message: NO_WORKBOOK }
  if (!isXlsx(bytes)) return { ok: false, message: `${kindText(kind)}${SAVE_AGAIN}` }
  try {
    return readWorkbook(bytes, fits)
  } catch (error) {
    return { ok: false, message: isTooLarge(error) ? TOO_LARGE : BROKEN }
  }
}

/**
 * Every visible sheet of a workbook, in their order.
 * @throws where it is none: for those that we have written ourselves
 */
export function readSheets(bytes: Uint8Array): { name: string; rows: string[][] }[] {
  const { book, zip, shared } = opened(bytes)
  return book.sheets.map(({ name, file }) => ({ name, rows: readSheetRows(zip, file, shared) }))
}

/** Bytes of all that is read of it, unpacked, and how many files there are. */
export const WORKBOOK_LIMITS = { bytes: 400_000_000, files: 1_000 } as const
/** Each is read by itself. */
const MOST_SHEETS = 10

const SAVE_AGAIN = 'Excelで開き、「Excelブック（.xlsx）」の形式で保存し直してください。'
const NO_WORKBOOK = `Excelブック（.xlsx）ではないようです。${SAVE_AGAIN}`
const BROKEN = `Excelブックを読み取れませんでした。ファイルが壊れている可能性があります。${SAVE_AGAIN}`
const TOO_LARGE = `Excelブックが大きすぎます。読み取れるのは${SHEET_LIMITS_TEXT}です。必要な範囲だけを新しいブックに貼り付け、保存し直してください。`

function readWorkbook(bytes: Uint8Array, fits: (rows: string[][]) => boolean): SheetReading {
  const { book, zip, shared } = opened(bytes)
  let first: SheetReading | null = null
  for (const { name, file } of book.sheets.slice(0, MOST_SHEETS)) {
    const rows = readSheetRows(zip, file, shared)
    const read = { ok: true, sheet: name, rows } as const
    if (fits(rows)) return read
    first ??= read
  }
  return first ?? { ok: false, message: BROKEN }
}

/** @throws ZipFault */
function opened(bytes: Uint8Array) {
  const zip = openZip(bytes, (name) => /\.(xml|rels)$/i.test(name), WORKBOOK_LIMITS.bytes)
  if (zip.names.length > WORKBOOK_LIMITS.files) throw new ZipFault('too-large')
  const book = readBook(zip)
  const shared = {
    strings: readSharedStrings(zip, book.sharedStrings),
    dates: readDateFormats(zip, book.styles),
    isFrom1904: book.isFrom1904,
  }
  return { book, zip, shared }
}

/** What the parser throws is no XML as Excel writes it. */
function isTooLarge(error: unknown): boolean {
  return error instanceof XmlTooLarge || (error instanceof ZipFault && error.reason === 'too-large')
}
