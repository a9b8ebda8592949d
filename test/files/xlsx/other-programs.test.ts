import { describe, expect, test } from 'vitest'
import { toXlsx } from '../../../src/files/xlsx/write.ts'
import { readZip, writeZip } from '../../../src/files/xlsx/zip.ts'
import { readXlsx } from '../../support/xlsx.ts'

/** What workbooks of Excel's own and of other programs have in them, and a small one of ours need not. */

const SHEET = 'xl/worksheets/sheet1.xml'
const RELATIONS = 'xl/_rels/workbook.xml.rels'
const sheet = (rows: string, after = '') => `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`

async function rowsOf(change: (files: Map<string, Buffer>) => void): Promise<string[][] | string> {
  const whole = readZip(
    await toXlsx([{ name: '一覧', headers: ['試験病院'], rows: [['乙病院']] }]),
    () => true,
    1_000_000,
  )
  if (!whole.ok) throw new Error(whole.reason)
  change(whole.files)
  const read = await readXlsx(writeZip(whole.files))
  return read.ok ? read.rows : read.message
}
const ROWS = [['試験病院'], ['乙病院']]
const put = (name: string, xml: string) => (files: Map<string, Buffer>) =>
  void files.set(name, Buffer.from(xml))

describe('a text', () => {
  const rich =
    '<r><t>試</t></r><r><rPr><b/></rPr><t xml:space="preserve">験 </t></r><rPh sb="0" eb="1"><t>シ</t></rPh><phoneticPr fontId="1"/>'

  test('of several formats is one, its reading left out, in the cell and among the shared ones', async () => {
    const inline = sheet(`<row r="1"><c r="A1" t="inlineStr"><is>${rich}</is></c></row>`)
    expect(await rowsOf(put(SHEET, inline))).toEqual([['試験 ']])
    const shared = await rowsOf((files) => {
      put('xl/sharedStrings.xml', `<sst><si>${rich}</si></sst>`)(files)
      put(SHEET, sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))(files)
    })
    expect(shared).toEqual([['試験 ']])
  })
})

describe('the same workbook', () => {
  const changed = (change: (relations: string) => string) =>
    rowsOf((files) => put(RELATIONS, change(files.get(RELATIONS)!.toString()))(files))

  test('with absolute paths', async () => {
    expect(await changed((xml) => xml.replaceAll('Target="', 'Target="/xl/'))).toEqual(ROWS)
  })

  test('in strict OOXML', async () => {
    const strict = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
    const loose = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    expect(await changed((xml) => xml.replaceAll(loose, strict))).toEqual(ROWS)
  })

  test('with a prefix before every element of the sheet', async () => {
    const prefixed = await rowsOf((files) =>
      put(
        SHEET,
        files
          .get(SHEET)!
          .toString()
          .replace(/<(\/?)(?=[a-zA-Z])/g, '<$1x:'),
      )(files),
    )
    expect(prefixed).toEqual(ROWS)
  })
})

test('days are counted from 1904 where the workbook says so', async () => {
  const days = await rowsOf((files) => {
    put(SHEET, sheet('<row r="1"><c r="A1" s="1"><v>43907</v></c></row>'))(files)
    put(
      'xl/styles.xml',
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    )(files)
    const book = files.get('xl/workbook.xml')!.toString()
    put('xl/workbook.xml', book.replace(/<workbookPr[^>]*\/>/, '<workbookPr date1904="1"/>'))(files)
  })
  expect(days).toEqual([['2024-03-18']])
})

test('of cells that are merged the first has the text, the others none', async () => {
  const merged = sheet(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>区分</t></is></c><c r="B1"/><c r="C1" t="inlineStr"><is><t>床</t></is></c></row>',
    '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
  )
  expect(await rowsOf(put(SHEET, merged))).toEqual([['区分', '', '床']])
})
