import { truncateSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { zipOf } from '../../scripts/torture/files/mutations.ts'
import { parseCsv } from '../../src/files/table/csv.ts'
import { readFittingSheet } from '../../src/files/xlsx/read.ts'
import { startCommands } from '../support/command.ts'

/** Files by hand that hold more than any that somebody saved: each is refused for what it has too much of. */

const XML = {
  package:
    '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  workbook: '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
  relations:
    '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="t.xml"/></Relationships>',
}

function workbook(sheet: string, texts = '<sst/>', others = 0): Buffer {
  const members = [
    ['_rels/.rels', XML.package],
    ['xl/workbook.xml', XML.workbook],
    ['xl/_rels/workbook.xml.rels', XML.relations],
    ['xl/s.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`],
    ['xl/t.xml', texts],
    ...Array.from({ length: others }, (_, index) => [`xl/${index}.xml`, '<a/>'] as const),
  ] as const
  return zipOf(members.map(([name, content]) => ({ name, content: Buffer.from(content) })))
}

const cell = (inner: string) => `<row><c t="inlineStr"><is>${inner}</is></c></row>`
const TOO_LARGE = 'Excelブックが大きすぎます。読み取れるのは300,000行、256列、1つのセルは32,767文字までです。'

test.each<[string, () => Buffer]>([
  ['one tag of 10 MB', () => workbook(`<row><c r="A1" x="${'a'.repeat(10_000_000)}"/></row>`)],
  ['29 MB of blanks', () => workbook(' '.repeat(29_000_000))],
  ['a text of 5 MB', () => workbook(cell(`<t>${'a'.repeat(5_000_000)}</t>`))],
  ['a text of 5 MB in pieces', () => workbook(cell(`<t>${'a'.repeat(50_000)}</t>`.repeat(100)))],
  [
    'a value of 5 MB in pieces',
    () => workbook(`<row><c><v>${`${'1'.repeat(50_000)}<!-- -->`.repeat(100)}</v></c></row>`),
  ],
  ['a text longer than a cell of Excel', () => workbook(cell(`<t>${'a'.repeat(32_768)}</t>`))],
  ['two million shared texts', () => workbook('', `<sst>${'<si/>'.repeat(2_000_001)}</sst>`)],
  ['two thousand members', () => workbook('', '<sst/>', 2_000)],
])('a workbook with %s', (_name, bytes) => {
  const read = readFittingSheet(bytes(), () => true)
  expect(read).toEqual({ ok: false, message: expect.stringContaining(TOO_LARGE) })
})

test('what such a workbook is made of is read where it is not too much', () => {
  const read = readFittingSheet(workbook(cell(`<t>${'a'.repeat(16_000)}</t>`.repeat(2))), () => true)
  expect(read).toEqual({ ok: true, sheet: 'a', rows: [['a'.repeat(32_000)]] })
})

test('a member that says it is smaller than it is, or a ZIP within, is no workbook', () => {
  const lying = zipOf([{ name: 'xl/workbook.xml', content: Buffer.alloc(2_000_000, 32), stated: 10 }])
  const nested = zipOf([{ name: 'xl/workbook.xml', content: workbook('') }])
  for (const bytes of [lying, nested])
    expect(readFittingSheet(bytes, () => true)).toMatchObject({ ok: false })
})

const LARGE = '読み取れるのは300,000行、256列、1つのセルは32,767文字までです。'
test.each<[string, () => string, string]>([
  ['a cell of 50,000 characters', () => `a,b\n1,${'あ'.repeat(50_000)}\n`, LARGE],
  ['a row of 4 MB', () => `a,b\n1,${'あ'.repeat(1_400_000)}\n`, '2行目が長すぎます（1行は512KBまで）。'],
  ['a quote that is closed after a megabyte', () => `a,b\n"${'a\n'.repeat(500_000)}"\n`, '2行目が長すぎます'],
  ['2.4 million lines', () => 'a,b\n'.repeat(2_400_000), LARGE],
  ['more cells than a workbook may have', () => `${','.repeat(250)}\n`.repeat(40_000), LARGE],
  ['a quote that is never closed', () => 'a,b\n"1,2\n', '引用符（"）が閉じられていません。'],
])('a CSV with %s', (_name, csv, message) => {
  expect(parseCsv(csv())).toEqual({ ok: false, message: expect.stringContaining(message) })
})

test('a command takes no file that is far too large', async () => {
  const commands = startCommands()
  try {
    const file = commands.file('list.csv', '')
    writeFileSync(file, '')
    truncateSync(file, 101 * 1024 * 1024)
    const { code, error } = await commands.run(['import', 'hospitals', file])
    expect([code, error]).toEqual([
      2,
      `${file}：ファイルが大きすぎます。100MBまでのファイルを指定してください。`,
    ])
  } finally {
    commands.remove()
  }
})
