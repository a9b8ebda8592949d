import type { Blob } from 'node:buffer'
import type Stream from 'node:stream'
import type { Feature } from 'write-excel-file/node'
import {
  findElement,
  getCellAddress,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  prependMarkupInsideElement,
  replaceElement,
  sanitizeTextContent,
} from 'write-excel-file/utility'

/** What a file of a workbook may be given as; the library does not export it. */
type FileContent = Stream | Buffer | Blob

/** How large a sheet is, as the paper and the filter need it. */
interface SheetExtent {
  name: string
  columns: number
  /** With the header. */
  rows: number
  /** Of all columns together, in half-width characters. */
  width: number
}

/**
 * What the library leaves to its users: every sheet prints ruled and one page wide, with its header on each page and the
 * page's number below, and has a filter on its header.
 */
export function printedAndFiltered(sheets: readonly SheetExtent[]): Feature<FileContent> {
  return {
    files: {
      transform: {
        [SHEET]: {
          transformElementAttributes: (tag, attributes, _index, _options, { sheetIndex }) => {
            if (tag === 'pageMargins') return { ...attributes, ...SIDES }
            if (tag !== 'pageSetup') return attributes
            return { ...paperFor(sheets[sheetIndex]!), fitToWidth: 1, fitToHeight: 0 }
          },
          transform: (xml, _options, { sheetIndex }) => sheetXml(xml, sheets[sheetIndex]!),
        },
        [WORKBOOK]: { transform: (xml) => workbookXml(xml, sheets) },
      },
    },
  }
}

const SHEET = 'xl/worksheets/sheet{id}.xml'
const WORKBOOK = 'xl/workbook.xml'

/** In inches. */
const SIDES = { left: 0.4, right: 0.4 }

/** By the number that Excel has for each, with the half-width characters that go on it, upright and lying. */
const A4 = { paperSize: 9, upright: 102, lying: 149 }
const A3 = { paperSize: 8, lying: 215 }
/** Smaller than this part of its size nobody reads a sheet. */
const SMALLEST = 0.6

/** Wider than this no sheet should be, in half-width characters. */
export const READABLE_WIDTH = A3.lying / SMALLEST

function paperFor({ width }: SheetExtent): { paperSize: number; orientation: string } {
  const { paperSize } = width * SMALLEST > A4.lying ? A3 : A4
  return { paperSize, orientation: width > A4.upright ? 'landscape' : 'portrait' }
}

function sheetXml(xml: string, sheet: SheetExtent): string {
  const within = (written: string, element: string) =>
    insertElementMarkupAccordingToOrderOfSiblings(
      written,
      element,
      getOrderOfSiblings(SHEET, 'worksheet')!,
      'worksheet',
    )
  const fitted = prependMarkupInsideElement(
    xml,
    findElement(xml, 'worksheet')!,
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
  )
  const filtered = within(fitted, `<autoFilter ref="A1:${lastCell(sheet)}"/>`)
  const even = within(filtered, `<sheetFormatPr defaultRowHeight="${ROW_HEIGHT}"/>`)
  const ruled = within(even, '<printOptions gridLines="1"/>')
  return within(ruled, `<headerFooter>${HEADER}${FOOTER}</headerFooter>`)
}

/** In points: without it some programs take a height that cuts Japanese letters. */
const ROW_HEIGHT = 18.75

/** The sheet's name above, 1 / 3 below. */
const HEADER = '<oddHeader>&amp;L&amp;A</oddHeader>'
const FOOTER = '<oddFooter>&amp;C&amp;P / &amp;N</oddFooter>'

function lastCell({ columns, rows }: SheetExtent): string {
  return getCellAddress(rows - 1, columns - 1)
}

/** Names that Excel looks for: what repeats on each page, and what a filter covers. */
function workbookXml(xml: string, sheets: readonly SheetExtent[]): string {
  const defined = (name: string, index: number, attributes: string, cells: string) =>
    `<definedName name="_xlnm.${name}" localSheetId="${index}"${attributes}>${sanitizeTextContent(cells)}</definedName>`
  const names = sheets.map((sheet, index) => {
    const quoted = `'${sheet.name.replaceAll("'", "''")}'`
    const covered = `${quoted}!$A$1:${lastCell(sheet).replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2')}`
    return (
      defined('_FilterDatabase', index, ' hidden="1"', covered) +
      defined('Print_Titles', index, '', `${quoted}!$1:$1`)
    )
  })
  const element = findElement(xml, 'definedNames')!
  return replaceElement(xml, element, `<definedNames>${names.join('')}</definedNames>`)
}
