import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_GMIS_MAPPING } from '../../src/domain/survey/gmis-mapping.ts'
import { readGeography } from '../../src/files/geography/municipalities.ts'
import { gmisFileOf } from '../../src/files/gmis/gmis.ts'
import { findQuestions } from '../../src/files/gmis/questions.ts'
import { parseHospitalFile } from '../../src/files/hospitals/file.ts'
import { meaningOf } from '../../src/files/hospitals/sheet-headers.ts'
import { readTypedHospital, TYPED_COLUMNS } from '../../src/files/hospitals/typed.ts'
import { orderSheetOf } from '../../src/files/reports/order-sheet.ts'
import { guardFormula, parseCsv, plainCell, toCsv } from '../../src/files/table/csv.ts'
import { decodeText, encodeCsv } from '../../src/files/table/encoding.ts'
import { isErrorValue } from '../../src/files/table/error-value.ts'
import { fileKindOf } from '../../src/files/table/file-kind.ts'
import { readTable } from '../../src/files/table/table.ts'
import { sheetNames, xlsxText } from '../../src/files/xlsx/text.ts'
import { toXlsx } from '../../src/files/xlsx/write.ts'
import { readZip, writeZip } from '../../src/files/xlsx/zip.ts'
import { CHARACTER_CLASSES, runOf, superlinear } from '../support/growth.ts'
import { readXlsx } from '../support/xlsx.ts'

/** A file that takes the square of its length lets one upload stop the service for everybody. */

const geography = readGeography(resolve(import.meta.dirname, '../../resources'), '46')
const prefectureCode = '46'

/** What is written around the text to get it into every place of a file that is read. */
type Frame = (text: string) => string
const alone: Frame = (text) => text
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** A header of good columns with one more, and a row whose cells all hold the text. */
function framesOf(headers: readonly string[]): Frame[] {
  const line = (text: string) => headers.map(() => text).join(',')
  return [
    alone,
    (text) => `${headers.join(',')}\n${line(quoted(text))}\n`,
    (text) => `${headers.join(',')},${text}\n${line('1')}\n`,
    (text) => `${headers.join(',')}\n${text}\n${line('1')},${text}`,
  ]
}

const SHEET = [
  '医療機関コード',
  '医療機関名',
  '市町村',
  '許可病床数',
  '電話番号',
  'メールアドレス',
  '医療機能',
]
const NAVII = [
  'ID',
  '正式名称',
  '正式名称（フリガナ）',
  '機関区分',
  '都道府県コード',
  '市区町村コード',
].concat(['所在地', '一般病床', '療養病床', '精神病床', '結核病床', '感染症病床', '合計病床数'])
const GMIS = ['医療機関コード', '医療機関名', 'Q6']

const bytesOf = (read: (bytes: Buffer) => unknown) => (text: string) => read(Buffer.from(text))
const hospitals = bytesOf((bytes) => parseHospitalFile(readTable(bytes), { prefectureCode, geography }))

/** By the exported name; what a reader is made of is tried with it. */
const READERS: Record<string, { read: (text: string) => unknown; frames: Frame[] }> = {
  parseCsv: { read: parseCsv, frames: [alone, (text) => `a,"${text}`, (text) => `"a"${text}`] },
  plainCell: { read: plainCell, frames: [alone, (text) => `'${text}`, (text) => `="${text}`] },
  readTypedHospital: {
    read: (text) =>
      readTypedHospital(
        Object.fromEntries(TYPED_COLUMNS.map(({ cell }) => [cell, text])),
        {},
        { prefectureCode, geography },
      ),
    frames: [alone],
  },
  guardFormula: { read: guardFormula, frames: [alone, (text) => `'${text}`] },
  toCsv: { read: (text) => toCsv([{ header: text, value: () => text }], [text]), frames: [alone] },
  decodeText: { read: bytesOf(decodeText), frames: [alone] },
  encodeCsv: { read: (text) => encodeCsv(text, 'cp932'), frames: [(text) => quoted(text)] },
  meaningOf: { read: meaningOf, frames: [alone, (text) => `病床（${text}`] },
  isErrorValue: { read: isErrorValue, frames: [alone, (text) => `#${text}`] },
  fileKindOf: {
    read: bytesOf(fileKindOf),
    frames: [alone, (text) => `PK\u0003\u0004${text}`, (text) => `<${text}`],
  },
  readTable: { read: bytesOf(readTable), frames: framesOf(['a', 'b']) },
  findQuestions: {
    read: (text) => findQuestions(['Q6', `Q6${text}`, text], DEFAULT_GMIS_MAPPING),
    frames: [alone],
  },
  gmisFileOf: {
    read: bytesOf((bytes) => gmisFileOf(bytes, { prefectureCode })),
    frames: framesOf(GMIS),
  },
  parseHospitalFile: { read: hospitals, frames: [...framesOf(SHEET), ...framesOf(NAVII).slice(1)] },
  orderSheetOf: { read: bytesOf(orderSheetOf), frames: framesOf(['順位', '医療機関コード']) },
  readZip: { read: bytesOf((bytes) => readZip(bytes, () => true, 1_000_000)), frames: [alone] },
  writeZip: { read: (text) => writeZip(new Map([['a', Buffer.from(text)]])), frames: [alone] },
  xlsxText: { read: xlsxText, frames: [alone] },
  sheetNames: { read: (text) => sheetNames([text, text]), frames: [alone] },
}

/** Read by one of those above, or of the program's own files; and those that take no text from outside. */
const WITHIN_OTHERS = [
  'readFittingSheet',
  'readCsv',
  'readRows',
  'readHospitalFile',
  'readGmisFile',
  'readOrderSheet',
  'readBook',
  'readSheets',
  'readFile',
  'readSharedStrings',
  'readSheetRows',
  'readDateFormats',
  'readFurther',
  'readBureauList',
  'readSheetRow',
  'readFurther',
  'readNaviiRow',
  'readWhereabouts',
  'readEarlierArchive',
  // Bytes of a known form, by their lengths: no text is looked through.
  'readBackup',
  'readTar',
  'readEntry',
  'readGeography',
  'readTiles',
]

test('every reader is tried', async () => {
  const folder = resolve(import.meta.dirname, '../../src/files')
  // What a thread runs does its job as soon as it is there.
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$/.test(file) && file !== 'jobs/thread.ts',
  )
  const modules: object[] = await Promise.all(files.map((file) => import(resolve(folder, file))))
  const readers = modules.flatMap(Object.keys).filter((name) => /^(read|parse|decode|find)[A-Z]/.test(name))
  expect(readers.length).toBeGreaterThan(12)
  expect(readers.filter((name) => !(name in READERS) && !WITHIN_OTHERS.includes(name))).toEqual([])
})

const LONGEST = 4_096

test.each(Object.entries(READERS))('%s is linear', async (_name, { read, frames }) => {
  const found: string[] = []
  for (const [index, frame] of frames.entries())
    for (const [name, character] of Object.entries(CHARACTER_CLASSES)) {
      const text = (length: number) => frame(`a@${runOf(character, length)}@`)
      const growth = await superlinear(read, text, { longest: LONGEST })
      if (growth) found.push(`${name}, frame ${index}: ${growth}`)
    }
  expect(found).toEqual([])
})

test.each([
  ['a text', (text: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`],
  ['a tag', (text: string) => `<row r="1"><c r="A1" x="${text}"/></row>`],
  ['cells', (text: string) => '<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(text.length / 40)],
])('readXlsx is linear in %s', async (_name, rows) => {
  const whole = readZip(await toXlsx([{ name: '一覧', headers: ['a'], rows: [] }]), () => true, 1_000_000)
  if (!whole.ok) throw new Error(whole.reason)
  const read = (xml: string) =>
    readXlsx(writeZip(new Map([...whole.files, ['xl/worksheets/sheet1.xml', Buffer.from(xml)]])))
  const found: (string | null)[] = []
  for (const character of ['a', ' ', '&', '&#65;', '_x0041_', '>', ']', '-', 'あ']) {
    const xml = (length: number) =>
      `<worksheet><sheetData>${rows(runOf(character, length))}</sheetData></worksheet>`
    found.push(await superlinear(read, xml, { longest: 131_072, floor: 40 }))
  }
  expect(found.filter((growth) => growth !== null)).toEqual([])
})
