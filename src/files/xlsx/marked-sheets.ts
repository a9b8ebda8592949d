import { REHEARSAL_MARK } from '../../domain/survey/rehearsal.ts'
import { sheetNames } from './text.ts'
import { readZip, writeZip } from './zip.ts'

const WORKBOOK = 'xl/workbook.xml'
const SHEET = /(<sheet\b[^>]*?\sname=")([^"]*)"/g
/** Its names refer to a sheet by the sheet's: '回答一覧'!$1:$1 */
const REFERENCE = /(<definedName\b[^>]*>)'((?:[^']|'')*)'!/g
/** More than any workbook of ours. */
const LIMIT = 512 * 1024 * 1024

/** A workbook of ours with the mark of a rehearsal before the name of every sheet. */
export function markedSheets(bytes: Buffer): Buffer {
  const read = readZip(bytes, () => true, LIMIT)
  if (!read.ok) throw new Error(`a workbook of ours is ${read.reason}`)
  const xml = read.files.get(WORKBOOK)!.toString('utf8')
  const before = [...xml.matchAll(SHEET)].map(([, , name]) => name!)
  const after = sheetNames(before.map((name) => REHEARSAL_MARK + name))
  const renamed = (name: string) => after[before.indexOf(name)] ?? name
  const marked = xml
    .replace(SHEET, (_whole, begin: string, name: string) => `${begin}${renamed(name)}"`)
    .replace(REFERENCE, (_whole, begin: string, name: string) => {
      const sheet = renamed(name.replaceAll("''", "'")).replaceAll("'", "''")
      return `${begin}'${sheet}'!`
    })
  return writeZip(new Map([...read.files, [WORKBOOK, Buffer.from(marked, 'utf8')]]))
}
