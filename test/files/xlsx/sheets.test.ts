import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFittingSheet } from '../../../src/files/xlsx/read.ts'
import { toXlsx } from '../../../src/files/xlsx/write.ts'
import { readZip, writeZip } from '../../../src/files/xlsx/zip.ts'
import { readXlsx } from '../../support/xlsx.ts'

/** Sheets by name, each with one row; a name that begins with a dot is hidden, with two very much so. */
async function workbook(...names: string[]): Promise<Map<string, Buffer>> {
  const bytes = await toXlsx(
    names.map((name) => ({ name: name.replace(/^\.+/, ''), headers: [name], rows: [] })),
  )
  const read = readZip(bytes, () => true, 1_000_000)
  if (!read.ok) throw new Error(read.reason)
  const list = read.files.get('xl/workbook.xml')!.toString()
  let at = 0
  const hidden = list.replaceAll(/<sheet /g, (tag) => {
    const name = names[at++]!
    const state = name.startsWith('..') ? 'veryHidden' : 'hidden'
    return name.startsWith('.') ? `${tag}state="${state}" ` : tag
  })
  return read.files.set('xl/workbook.xml', Buffer.from(hidden))
}
const firstOf = async (files: Map<string, Buffer>, wanted = '') => {
  const read = await readFittingSheet(writeZip(files), (rows) => rows[0]?.[0]?.includes(wanted) === true)
  return read.ok ? `${read.sheet}: ${read.rows[0]}` : read.message
}

describe('of several sheets', () => {
  test.each<[string[], string, string]>([
    [['順位表'], '', '順位表: 順位表'],
    [['.隠し', '順位表'], '', '順位表: 順位表'],
    [['..隠し', '.もう一つ', '順位表'], '', '順位表: 順位表'],
    [['表紙', '順位表'], '順位', '順位表: 順位表'],
    [['表紙', '.順位の下書き', '順位表', '順位の控え'], '順位', '順位表: 順位表'],
    [['表紙', '.順位表'], '順位', '表紙: 表紙'],
    [['.隠し', '表紙', '目次'], '順位', '表紙: 表紙'],
    [['1', '2', '3', '4', '5', '順位表'], '順位', '順位表: 順位表'],
    [['a & b <c>', '順位表'], 'a', 'a & b <c>: a & b <c>'],
  ])('%j, looking for 「%s」, it is %s', async (names, wanted, expected) => {
    expect(await firstOf(await workbook(...names), wanted)).toBe(expected)
  })

  test('it is the same with prefixes, apostrophes and attributes in another order', async () => {
    const files = await workbook('.隠し', '順位表')
    const list = files.get('xl/workbook.xml')!.toString()
    const other = list
      .replaceAll('<sheet ', '<x:sheet ')
      .replace(/state="hidden" ([^/]*)/, "$1\n state = 'hidden' ")
    files.set('xl/workbook.xml', Buffer.from(other))
    expect(other).toContain("state = 'hidden'")
    expect(await firstOf(files)).toBe('順位表: 順位表')
  })

  test('a chart has no cells and is passed over', async () => {
    const files = await workbook('グラフ', '順位表')
    const relations = files.get('xl/_rels/workbook.xml.rels')!.toString()
    const chart = relations.replace(
      /relationships\/worksheet(?="[^>]*sheet1\.xml|"[^>]*\/>)/,
      'relationships/chartsheet',
    )
    files.set('xl/_rels/workbook.xml.rels', Buffer.from(chart))
    expect(await firstOf(files, '順位')).toBe('順位表: 順位表')
  })
})

describe('cells that do not say where they are', () => {
  const rows = [
    ['医療機関コード', '順位', ''],
    ['', '', ''],
    ['4610000011', '', '3'],
  ]
  const cellOf = (text: string, place: string) =>
    text === '' ? `<c${place}/>` : `<c${place} t="inlineStr"><is><t>${text}</t></is></c>`
  /** Each row and cell with its place, or without where the ones before lead to it. */
  const sheetOf = (isPlaced: (index: number) => boolean) => {
    let index = 0
    const place = (text: string) => (isPlaced(index++) ? ` r="${text}"` : '')
    const lines = rows.map(
      (cells, row) =>
        `<row${place(`${row + 1}`)}>${cells.map((cell, column) => cellOf(cell, place(`${'ABC'[column]}${row + 1}`))).join('')}</row>`,
    )
    return `<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`
  }
  const read = async (xml: string) => {
    const files = (await workbook('順位表')).set('xl/worksheets/sheet1.xml', Buffer.from(xml))
    return readXlsx(writeZip(files))
  }

  test('stand behind one another, whichever of them say it', async () => {
    const placed = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(placed, async (each) => {
        expect(await read(sheetOf((index) => each[index]!))).toEqual({ ok: true, rows })
      }),
      { numRuns: 60 },
    )
  })

  test('go on from the last one that says it', async () => {
    const xml =
      '<worksheet><sheetData><row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>'
    expect(await read(xml)).toEqual({
      ok: true,
      rows: [
        ['', '', ''],
        ['', '', ''],
        ['', '1', '2'],
        ['3', '', ''],
      ],
    })
  })

  test('make a sheet too large where there are too many', async () => {
    const of = (cells: string) => read(`<worksheet><sheetData>${cells}</sheetData></worksheet>`)
    const one = '<c><v>1</v></c>'
    expect(await of(`<row>${one.repeat(256)}</row>`)).toMatchObject({ ok: true })
    expect(await of(`<row>${one.repeat(257)}</row>`)).toMatchObject({ ok: false })
    expect(await of(`<row r="299999"/><row/><row>${one}</row>`)).toMatchObject({ ok: false })
  })
})

test.each([
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#DIV/0!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
  '#SPILL!',
  '#CALC!',
  '#GETTING_DATA',
])('the error %s comes as Excel shows it', async (text) => {
  const cells = [
    `<c r="A1" t="e"><v>${text}</v></c>`,
    `<c r="A1" s="0" t='e'><f>A2</f><v>${text}</v></c>`,
    `<c t="e"><v>${text}</v></c>`,
    `<x:c r="A1" t = "e"><x:v>${text}</x:v></x:c>`,
  ]
  for (const cell of cells) {
    const xml = `<worksheet><sheetData><row r="1">${cell}</row></sheetData></worksheet>`
    const files = (await workbook('一覧')).set('xl/worksheets/sheet1.xml', Buffer.from(xml))
    expect(await readXlsx(writeZip(files))).toEqual({ ok: true, rows: [[text]] })
  }
})
