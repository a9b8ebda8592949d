import iconv from 'iconv-lite'
import { toCp932 } from '../../domain/text/cp932.ts'
import { fileKindOf, kindText } from './file-kind.ts'

export type TextEncoding = 'utf-8' | 'cp932'

type DecodedText =
  | { ok: true; text: string; encoding: TextEncoding }
  /** `message` says, in Japanese, what the file seems to be and what to do. */
  | { ok: false; message: string }

/** UTF-8, with or without BOM, where the bytes are that; else CP932, as Japanese Excel saves; else a refusal. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const kind = fileKindOf(bytes)
  if (kind) return { ok: false, message: `${kindText(kind)}${SAVE_AS_CSV}` }
  if (bytes.includes(0)) return { ok: false, message: `文字のファイルではないようです。${SAVE_AS_CSV}` }
  const utf8 = decodeStrictly('utf-8', bytes)
  if (utf8 !== null) return { ok: true, text: utf8, encoding: 'utf-8' }
  const cp932 = decodeStrictly('shift_jis', bytes)
  // Kanji of EUC-JP are half-width kana in CP932, while the bytes of CP932's kanji are none of EUC-JP.
  if (cp932 !== null && /[\uff61-\uff9f]/.test(cp932) && decodeStrictly('euc-jp', bytes) !== null)
    return { ok: false, message: `文字コードがEUC-JPのようです。${SAVE_AS_CSV}` }
  if (cp932 !== null) return { ok: true, text: cp932, encoding: 'cp932' }
  return { ok: false, message: `文字コードがUTF-8でもShift_JIS（CP932）でもありません。${SAVE_AS_CSV}` }
}

/** A CSV text as bytes for Excel: UTF-8 with BOM, or CP932 with others in place of the characters that it lacks. */
export function encodeCsv(csv: string, encoding: TextEncoding): Buffer {
  return encodeMore(encoding === 'utf-8' ? `\ufeff${csv}` : csv, encoding)
}

/** Of the same text what follows. */
export function encodeMore(csv: string, encoding: TextEncoding): Buffer {
  return encoding === 'utf-8' ? Buffer.from(csv, 'utf8') : iconv.encode(toCp932(csv).text, 'cp932')
}

const SAVE_AS_CSV =
  'Excelで開き、「CSV UTF-8（コンマ区切り）」または「CSV（コンマ区切り）」の形式で保存し直してください。'

/** The decoder says "no" by throwing; it also takes the BOM off. WHATWG's "shift_jis" is windows-31j, that is CP932. */
function decodeStrictly(label: 'utf-8' | 'shift_jis' | 'euc-jp', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
