import type { DocumentRules } from '../../src/domain/disclosure/classes.ts'
import { REMOVED } from '../../src/domain/disclosure/classes.ts'
import { documentOf, documentOfFile } from '../../src/domain/disclosure/documents.ts'
import { readSheets } from '../../src/files/xlsx/read.ts'
import { readZip } from '../../src/files/xlsx/zip.ts'

/** The document whose file an address of the officers' side gives. */
export function documentOfAddress(url: string): DocumentRules | null {
  const name = url.slice('/admin/'.length)
  return documentOf(name.replace(/\.\w+$/, '')) ?? documentOfFile(name.slice(name.lastIndexOf('/') + 1))
}

/** Every place of a JSON file that holds something. */
export function pathsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => pathsIn(item, `${path}[]`)))]
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, below]) => pathsIn(below, path === '' ? key : `${path}.${key}`))
}

/** The files of an archive by name, its own and those of the workbooks in it. */
export function unpacked(zip: Uint8Array): { files: Map<string, Buffer>; bytes: Map<string, Buffer> } {
  const read = readZip(zip, () => true, 500_000_000)
  if (!read.ok) throw new Error(read.reason)
  const bytes = new Map(read.files)
  for (const [name, content] of read.files)
    if (name.endsWith('.xlsx')) {
      const book = readZip(content, () => true, 500_000_000)
      if (!book.ok) throw new Error(`${name}: ${book.reason}`)
      for (const [part, own] of book.files) bytes.set(`${name}/${part}`, own)
    }
  return { files: read.files, bytes }
}

/** How often the mark stands in a file of the set. */
export function marksIn(name: string, bytes: Buffer): number {
  const text = name.endsWith('.xlsx')
    ? readSheets(bytes)
        .flatMap(({ rows }) => rows.flat())
        .join('\n')
    : bytes.toString('utf8')
  return text.split(REMOVED).length - 1
}

/** Of a file of the set every row, or object of a JSON file, that names one of these, as text. */
export function rowsNaming(name: string, bytes: Buffer, names: readonly string[]): string[] {
  return rowsIn(name, bytes).filter((row) => names.some((each) => row.includes(each)))
}

function rowsIn(name: string, bytes: Buffer): string[] {
  if (name.endsWith('.xlsx')) return readSheets(bytes).flatMap(({ rows }) => rows.map((row) => row.join(',')))
  const text = bytes.toString('utf8')
  if (name.endsWith('.json')) return objectsIn(JSON.parse(text)).map((each) => JSON.stringify(each))
  if (name.endsWith('.html')) return text.split(/(?=<tr\b)|(?<=<\/tr>)/)
  return text.split('\r\n')
}

/** The objects of a list, each with all that hangs below it. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  const below = Object.values(value)
  return Array.isArray(value)
    ? below.flatMap((each) => (objectsIn(each).length > 0 ? [each, ...objectsIn(each)] : []))
    : [...below.flatMap(objectsIn), value].filter((each) => each !== value || !below.some(Array.isArray))
}
