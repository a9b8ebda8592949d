/** What a file is that is neither text nor an .xlsx, by its bytes: its name for whoever chose it. */
interface FileKind {
  name: string
  /** Nobody can read it without its password. */
  isLocked: boolean
}

/** @returns null for text, or what may be text */
export function fileKindOf(bytes: Uint8Array): FileKind | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const starts = (signature: Signature, at = 0) => signature.every((byte, index) => file[at + index] === byte)
  if (starts(OLE)) return oleKind(file)
  if (starts(PK)) return zipKind(file)
  const found = SIGNATURES.find(
    ({ signature, at = 0, holds }) => starts(signature, at) && (!holds || holds(file)),
  )
  if (found) return open(found.name)
  return openingKind(file.subarray(0, LONGEST_OPENING).toString('latin1'))
}

type Signature = readonly number[]

/** Old Office files and locked new ones are small file systems, their entries named in UTF-16. */
const OLE: Signature = [0xd0, 0xcf, 0x11, 0xe0]
const PK: Signature = [0x50, 0x4b, 0x03, 0x04]
const ascii = (text: string): Signature => [...Buffer.from(text, 'latin1')]

const SIGNATURES: readonly {
  signature: Signature
  at?: number
  name: string
  holds?: (file: Buffer) => boolean
}[] = [
  { signature: ascii('%PDF'), name: 'PDF' },
  { signature: [0xff, 0xfe], name: 'Unicodeテキスト（UTF-16）' },
  { signature: [0xfe, 0xff], name: 'Unicodeテキスト（UTF-16）' },
  { signature: [0x89, 0x50, 0x4e, 0x47], name: '画像（PNG）' },
  { signature: [0xff, 0xd8, 0xff], name: '画像（JPEG）' },
  { signature: ascii('GIF8'), name: '画像（GIF）' },
  { signature: [0x49, 0x49, 0x2a, 0x00], name: '画像（TIFF）' },
  { signature: [0x4d, 0x4d, 0x00, 0x2a], name: '画像（TIFF）' },
  {
    signature: ascii('BM'),
    name: '画像（BMP）',
    holds: (file) => file.length > 26 && file.readUInt32LE(6) === 0,
  },
  { signature: ascii('WEBP'), at: 8, name: '画像（WebP）' },
  { signature: ascii('ftyphei'), at: 4, name: '画像（HEIC）' },
  { signature: ascii('ftypmif'), at: 4, name: '画像（HEIC）' },
  { signature: ascii('ftyp'), at: 4, name: '動画' },
  { signature: [0x1f, 0x8b], name: '圧縮ファイル（gzip）' },
  { signature: [0x37, 0x7a, 0xbc, 0xaf], name: '圧縮ファイル（7z）' },
  { signature: ascii('Rar!'), name: '圧縮ファイル（RAR）' },
  { signature: ascii('SQLite format 3'), name: 'データベース（SQLite）' },
  { signature: [0x00, 0x01, 0x00, 0x00, 0x53, 0x74, 0x61, 0x6e], name: 'Accessデータベース' },
  { signature: [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], name: 'ショートカット（.lnk）' },
  { signature: ascii('{\\rtf'), name: 'リッチテキスト（.rtf）' },
  { signature: ascii('ID;P'), name: 'SYLK形式の表（.slk）' },
  { signature: ascii('PK\x05\x06'), name: '中身のない圧縮ファイル（ZIP）' },
]

const LONGEST_OPENING = 1_000

/** What begins as text does and is none. */
function openingKind(opening: string): FileKind | null {
  const text = opening.replace(/^ï»¿/, '').trimStart().toLowerCase()
  if (/^<!doctype html|^<(?:html|head|meta|table|body)[\s>]/.test(text)) return open('Webページ（HTML）')
  if (text.startsWith('<?xml'))
    return open(text.includes('excel.sheet') ? 'XMLスプレッドシート' : 'XML形式のファイル')
  if (['\u001b$@', '\u001b$B'].some((shift) => opening.includes(shift)))
    return open('JISコード（ISO-2022-JP）のテキスト')
  return text.startsWith('mime-version:') ? open('Webアーカイブ（.mht）') : null
}

function oleKind(file: Buffer): FileKind {
  const has = (entry: string) => file.includes(Buffer.from(entry, 'utf16le'))
  if (has('EncryptedPackage')) return { name: 'Excelブックなど', isLocked: true }
  if (has('WordDocument')) return open('以前の形式のWord文書（.doc）')
  if (has('PowerPoint Document')) return open('以前の形式のPowerPointファイル（.ppt）')
  return { name: '以前の形式のExcelブック（.xls）', isLocked: isLockedXls(file) }
}

/** In BIFF8 the first record after the beginning of the stream says that the others are encrypted. */
function isLockedXls(file: Buffer): boolean {
  const start = file.indexOf(Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06]))
  return start >= 0 && file[start + 20] === 0x2f && file[start + 21] === 0x00
}

/** Names stand in a ZIP as they are, what they name does not. */
function zipKind(file: Buffer): FileKind {
  // The version that unpacks it, then marks of which the first says that it is encrypted.
  if (file.length > 30 && file[4]! < 100 && file[5] === 0 && (file[6]! & 1) === 1)
    return { name: '圧縮ファイル（ZIP）', isLocked: true }
  if (file.includes('xl/workbook.bin')) return open('Excelバイナリブック（.xlsb）')
  // Also what claims to be one and is broken: whoever reads workbooks says so.
  if (file.includes('xl/')) return open(XLSX)
  const [, name] = ZIPPED.find(([entry]) => file.includes(entry)) ?? []
  return open(name ?? XLSX)
}

const XLSX = 'Excelブック（.xlsx）'

/** The type of an OpenDocument file is its first entry, not packed. */
const ZIPPED: readonly (readonly [entry: string, name: string])[] = [
  ['opendocument.spreadsheet', 'OpenDocument形式の表（.ods）'],
  ['opendocument.text', 'OpenDocument形式の文書（.odt）'],
  ['opendocument', 'OpenDocument形式のファイル'],
  ['word/', 'Word文書（.docx）'],
  ['ppt/', 'PowerPointファイル（.pptx）'],
  ['Index/Tables', 'Numbersの表（.numbers）'],
  ['Index/Document.iwa', 'Numbersなどのファイル（.numbers）'],
  ['Index.zip', 'Numbersなどのファイル（.numbers）'],
]

function open(name: string): FileKind {
  return { name, isLocked: false }
}

/** Whether the bytes are a workbook of today, as far as can be told without unpacking it. */
export function isXlsx(bytes: Uint8Array): boolean {
  return fileKindOf(bytes)?.name === XLSX
}

/** 「…のようです」, or that a password is in the way. */
export function kindText({ name, isLocked }: FileKind): string {
  return isLocked
    ? `パスワードで保護されたファイル（${name}）です。パスワードを解除した上で、`
    : `${name}のようです。`
}
