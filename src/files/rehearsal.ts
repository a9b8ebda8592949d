import { isOfRehearsal, REHEARSAL_MARK } from '../domain/survey/rehearsal.ts'
import { decodeText, encodeCsv } from './table/encoding.ts'
import { markedSheets } from './xlsx/marked-sheets.ts'
import { readZip, writeZip } from './xlsx/zip.ts'

/** The line above the header of a CSV. */
const NOTE = `${REHEARSAL_MARK}調査の試験で作成したファイルです。実際の調査の内容ではありません。`

/**
 * A file that leaves a rehearsal: a workbook says so on the tab of every sheet, and on paper above each page; a CSV in its
 * first line. JSON stays as it is: an archive says it by its prefecture, and would no longer prove itself.
 */
export function markedFile(bytes: Buffer, type: string): Buffer {
  if (type.includes('spreadsheetml')) return markedSheets(bytes)
  if (!type.startsWith('text/csv')) return bytes
  const read = decodeText(bytes)
  return read.ok ? encodeCsv(`${NOTE}\r\n${read.text}`, read.encoding) : bytes
}

/** A CSV of a rehearsal without its note, for what is made of it. */
export function withoutNote(bytes: Buffer): Buffer {
  const read = decodeText(bytes)
  const note = `${NOTE}\r\n`
  return read.ok && read.text.startsWith(note)
    ? encodeCsv(read.text.slice(note.length), read.encoding)
    : bytes
}

/** A ZIP of a rehearsal with the mark on each of its files. */
export function markedZip(bytes: Buffer): Buffer {
  const read = readZip(bytes, () => true, LARGEST_ZIP)
  if (!read.ok) throw new Error(`a ZIP of ours is ${read.reason}`)
  return writeZip(new Map([...read.files].map(([name, file]) => [name, markedFile(file, typeOf(name))])))
}

const LARGEST_ZIP = 1024 * 1024 * 1024

function typeOf(name: string): string {
  return name.endsWith('.xlsx') ? 'spreadsheetml' : name.endsWith('.csv') ? 'text/csv' : ''
}

/** Whether a file left a rehearsal, as far as its name and the beginning of its text tell. */
export function isMarkedFile({ name, bytes }: { name: string; bytes: Uint8Array }): boolean {
  if (isOfRehearsal(name)) return true
  const begin = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LONGEST_NOTE))
  return ENCODINGS.some((encoding) => begin.indexOf(encodeCsv(NOTE, encoding)) === 0)
}

const ENCODINGS = ['utf-8', 'cp932'] as const
/** In bytes, with room for either encoding. */
const LONGEST_NOTE = 200
