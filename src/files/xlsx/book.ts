import { type XmlAttributes, type XmlHandlers, XmlReader } from './xml.ts'
import type { OpenZip } from './zip.ts'

/** What of a workbook must be known before one of its sheets is read. */
interface Book {
  /** Those that whoever opens the workbook can see, in their order; a chart is none. */
  sheets: readonly { name: string; file: string }[]
  /** Days are counted from 1904. */
  isFrom1904: boolean
  sharedStrings: string | null
  styles: string | null
}

/** @throws ZipFault or XmlTooLarge; what is no workbook has no sheets */
export function readBook(zip: OpenZip): Book {
  const file = relationsOf(zip, '').find(({ type }) => type === 'officeDocument')?.file ?? 'xl/workbook.xml'
  const relations = relationsOf(zip, file)
  const fileOf = (type: string) => relations.find((relation) => relation.type === type)?.file ?? null
  const byId = new Map(relations.map((relation) => [relation.id, relation]))
  const sheets: { name: string; file: string }[] = []
  let isFrom1904 = false
  readFile(zip, file, {
    open: (name, attributes) => {
      if (name === 'workbookPr') isFrom1904 = TRUE.has(attributes.date1904 ?? '')
      if (name !== 'sheet') return
      const { name: title = '', state = '', ...others } = attributes
      const [, id = ''] = Object.entries(others).find(([key]) => key.endsWith(':id')) ?? []
      const sheet = byId.get(id)
      if (sheet?.type === 'worksheet' && !HIDDEN.has(state)) sheets.push({ name: title, file: sheet.file })
    },
  })
  return { sheets, isFrom1904, sharedStrings: fileOf('sharedStrings'), styles: fileOf('styles') }
}

/** Reads a file of the workbook as it is unpacked. */
export function readFile(zip: OpenZip, name: string, handlers: XmlHandlers): void {
  const reader = new XmlReader(handlers)
  zip.unpack(nameIn(zip, name), (part) => reader.write(part))
  reader.end()
}

const HIDDEN = new Set(['hidden', 'veryHidden'])
const TRUE = new Set(['1', 'true'])

interface Relation {
  id: string
  /** The last word of it: transitional and strict workbooks say the rest in different ways. */
  type: string
  /** From the root of the archive. */
  file: string
}

/** @param file whose; '' for the whole package */
function relationsOf(zip: OpenZip, file: string): Relation[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const list = `${folder}_rels/${file.slice(folder.length)}.rels`
  const relations: Relation[] = []
  const add = ({ Id: id = '', Type: type = '', Target: target = '' }: XmlAttributes) =>
    relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), file: within(folder, target) })
  if (nameIn(zip, list) !== '')
    readFile(zip, list, {
      open: (name, attributes) => {
        if (name === 'Relationship') add(attributes)
      },
    })
  return relations
}

/** /xl/worksheets/sheet1.xml, worksheets/sheet1.xml and ../xl/worksheets/sheet1.xml are one place. */
function within(folder: string, target: string): string {
  return new URL(target, `zip://workbook/${folder}`).pathname.slice(1)
}

/** As the archive writes it: some programs mind the case of letters less than others. @returns '' where it is not there */
function nameIn({ names }: OpenZip, name: string): string {
  return (
    names.find((own) => own === name) ?? names.find((own) => own.toLowerCase() === name.toLowerCase()) ?? ''
  )
}
