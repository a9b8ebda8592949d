import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { firstCharacterOutsideCp932, mapLookalikesToCp932 } from '../../domain/text/cp932.ts'
import { fileKindOf, kindText } from './file-kind.ts'

export type TextEncoding = 'utf-8' | 'cp932'

type DecodedText =
  | { ok: true; text: string; encoding: TextEncoding }
  /** `message` says, in Japanese, what the file seems to be and what to do. */
  | { ok: false; message: string }

type EncodedCsv =
  | { ok: true; bytes: Buffer }
  /** The first character that CP932 lacks. Row and position count from 1, the header is row 1. */
  | { ok: false; message: string; row: number; column: string; character: string; position: number }

/** UTF-8, with or without BOM, where the bytes are that; else CP932, as Japanese Excel saves; else a refusal. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const kind = fileKindOf(bytes)
  if (kind) return { ok: false, message: `${kindText(kind)}${SAVE_AS_CSV}` }
  if (bytes.includes(0)) return { ok: false, message: `文字のファイルではないようです。${SAVE_AS_CSV}` }
  const utf8 = decodeStrictly('utf-8', bytes)
  if (utf8 !== null) return { ok: true, text: utf8, encoding: 'utf-8' }
  const cp932 = decodeStrictly('shift_jis', bytes)
  if (cp932 !== null) return { ok: true, text: cp932, encoding: 'cp932' }
  return { ok: false, message: `文字コードがUTF-8でもShift_JIS（CP932）でもありません。${SAVE_AS_CSV}` }
}

/**
 * A CSV text as bytes for Excel: UTF-8 with BOM, or CP932 with 〜 − and their like mapped to CP932's own.
 * A character that CP932 lacks is never replaced by 「?」: the file is refused and the character named.
 */
export function encodeCsv(csv: string, encoding: TextEncoding): EncodedCsv {
  if (encoding === 'utf-8') return { ok: true, bytes: Buffer.from(`\ufeff${csv}`, 'utf8') }
  const mapped = mapLookalikesToCp932(csv)
  if (firstCharacterOutsideCp932(mapped)) return refusal(mapped)
  return { ok: true, bytes: iconv.encode(mapped, 'cp932') }
}

const SAVE_AS_CSV =
  'Excelで開き、「CSV UTF-8（コンマ区切り）」または「CSV（コンマ区切り）」の形式で保存し直してください。'

/** The decoder says "no" by throwing; it also takes the BOM off. WHATWG's "shift_jis" is windows-31j, that is CP932. */
function decodeStrictly(label: 'utf-8' | 'shift_jis', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function refusal(csv: string): EncodedCsv {
  const rows: string[][] = parse(csv, { relax_column_count: true })
  for (const [index, cells] of rows.entries())
    for (const [place, cell] of cells.entries()) {
      const outside = firstCharacterOutsideCp932(cell)
      if (outside) return cellRefusal(index + 1, rows[0]?.[place] ?? '', outside)
    }
  throw new Error('a character outside CP932 stands in no cell')
}

function cellRefusal(
  row: number,
  column: string,
  outside: { character: string; position: number },
): EncodedCsv {
  const { character, position } = outside
  const message = `${row}行目の「${column}」の${position}文字目「${character}」は、Shift_JIS（CP932）形式では保存できない文字です。UTF-8形式で出力するか、登録されている文字を置き換えてください。`
  return { ok: false, message, row, column, character, position }
}
