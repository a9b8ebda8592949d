import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toXlsx } from '../../src/files/xlsx/write.ts'
import { readZip, writeZip } from '../../src/files/xlsx/zip.ts'
import { startCommands } from '../support/command.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

/** What is said of CSV files holds for workbooks too; here is what only workbooks have. */

let commands: ReturnType<typeof startCommands>
beforeEach(() => {
  commands = startCommands()
})
afterEach(() => commands.remove())

const CODE = '4619900014'
const HEADERS = ['医療機関コード', '医療機関名', '市町村', '許可病床数', '電話番号']
const ROW = [CODE, '架空𠮷病院', '鹿児島市', '120', '099-286-2707']
interface Sheet {
  name: string
  headers: string[]
  rows: string[][]
}
const HOSPITALS: Sheet = { name: '病院', headers: HEADERS, rows: [ROW] }
const COVER: Sheet = { name: '表紙', headers: ['令和8年度の病院台帳'], rows: [['照会先', '架空課']] }

/** @param change what another program would have written otherwise, by the file's name in the archive */
async function workbook(
  sheets: readonly Sheet[],
  change: (xml: string, name: string) => string = (xml) => xml,
): Promise<Buffer> {
  const read = readZip(await toXlsx(sheets), () => true, 1_000_000)
  if (!read.ok) throw new Error(read.reason)
  const changed = [...read.files].map(
    ([name, file]) => [name, Buffer.from(change(file.toString(), name))] as const,
  )
  return writeZip(new Map(changed))
}
const firstHidden = (xml: string, name: string) =>
  name === 'xl/workbook.xml' ? xml.replace('<sheet ', '<sheet state="hidden" ') : xml
const inSheet = (change: (xml: string) => string) => (xml: string, name: string) =>
  name.startsWith('xl/worksheets/') ? change(xml) : xml
const LOCKED = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(600),
  Buffer.from('EncryptedPackage', 'utf16le'),
])

const importOf = (what: string, content: Buffer) =>
  commands.run(['import', what, commands.file('list.xlsx', content)])
const stored = () => commands.stored(({ hospitals }) => hospitals.all())
const ADDED = '追加 1件、変更 0件、変更なし 0件、警告 1件、エラー 0件'

describe('import hospitals', () => {
  test.each<[string, string, Promise<Buffer>]>([
    ['one sheet', '病院', workbook([HOSPITALS])],
    ['a cover before it', '病院', workbook([COVER, HOSPITALS])],
    [
      'a hidden sheet of before',
      '病院',
      workbook([{ ...HOSPITALS, name: '旧', rows: [] }, HOSPITALS], firstHidden),
    ],
    [
      'cells without references',
      '病院',
      workbook(
        [HOSPITALS],
        inSheet((xml) => xml.replaceAll(/(<(?:c|row)\b[^>]*?) r="[^"]*"/g, '$1')),
      ),
    ],
    [
      'two lists, of which the first is read',
      '今年',
      workbook([
        { ...HOSPITALS, name: '今年' },
        { ...HOSPITALS, name: '去年', rows: [] },
      ]),
    ],
  ])('%s', async (_name, sheet, bytes) => {
    const { code, out } = await importOf('hospitals', await bytes)
    expect([code, out.split('\n')[0], out.split('\n').at(-1)]).toEqual([
      0,
      `シート「${sheet}」を読み取りました。`,
      ADDED,
    ])
    expect(stored()).toMatchObject([
      { key: CODE, name: '架空𠮷病院', region: '鹿児島', beds: 120, phone: '099-286-2707' },
    ])
  })

  test('numbers are read as they were entered, a lost 0 with a warning', async () => {
    const [, name, place] = ROW
    const numbers = inSheet((xml) =>
      xml
        .replace(/<c r="A2"[^>]*>.*?<\/c>/, '<c r="A2"><v>4.619900014E9</v></c>')
        .replace(/<c r="D2"[^>]*>.*?<\/c>/, '<c r="D2"><v>120</v></c>')
        .replace(/<c r="E2"[^>]*>.*?<\/c>/, '<c r="E2"><v>992862707</v></c>'),
    )
    const { code, out } = await importOf('hospitals', await workbook([HOSPITALS], numbers))
    expect([code, out]).toEqual([0, expect.stringContaining('先頭の0が失われている')])
    expect(stored()).toMatchObject([
      { key: CODE, name, municipality: place, beds: 120, phone: '099-286-2707' },
    ])
  })

  test('an error value refuses the file, named by its row', async () => {
    const spoilt = inSheet((xml) =>
      xml.replace(/<c r="D2"[^>]*>.*?<\/c>/, '<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
    )
    const { code, out } = await importOf('hospitals', await workbook([HOSPITALS], spoilt))
    expect([code, out]).toEqual([
      2,
      expect.stringContaining('エラー 2行目 架空𠮷病院 許可病床数：Excelのエラー値です。'),
    ])
    expect(stored()).toEqual([])
  })

  test.each<[string, Promise<Buffer>, string]>([
    ['no list in it', workbook([COVER]), 'シート「表紙」：見出しの行から形式を判別できません。'],
    [
      'a header to be asked about behind the cover',
      workbook([COVER, { ...HOSPITALS, headers: HEADERS.with(3, '病床総数（稼働）') }]),
      'シート「病院」：',
    ],
    ['a password', Promise.resolve(LOCKED), 'パスワードで保護されたファイル'],
    ['cut off', workbook([HOSPITALS]).then((bytes) => bytes.subarray(0, 900)), '壊れている可能性'],
  ])('%s is refused in one line', async (_name, bytes, said) => {
    const { code, error, errorLines } = await importOf('hospitals', await bytes)
    expect([code, errorLines, error]).toEqual([2, 1, expect.stringContaining(said)])
    expect(stored()).toEqual([])
  })
})

describe('import gmis', () => {
  const GMIS: Sheet = {
    name: '回答',
    headers: ['医療機関コード', '医療機関名', 'Q6', 'Q7', 'Q9-1', 'Q11'],
    rows: [[CODE, '架空病院', 'はい', 'いいえ', 'いいえ', 'はい']],
  }
  const kept = () => commands.stored(({ gmis }) => [...gmis.all()])
  beforeEach(() =>
    commands.stored((stores) => {
      addHospitals(stores, { key: CODE, name: '架空病院' })
      saveSubmission(stores, { hospital: CODE, gmisConsent: true })
    }),
  )

  test('finds the sheet of the answers behind a list of codes without them', async () => {
    const { code, out } = await importOf('gmis', await workbook([COVER, HOSPITALS, GMIS]))
    expect([code, out]).toEqual([0, expect.stringMatching(/^シート「回答」を読み取りました。\n/)])
    expect(kept()).toMatchObject([[CODE, { bcp: true }]])
  })

  test('an error value refuses the file', async () => {
    const spoilt = inSheet((xml) =>
      xml.replace(/<c r="C2"[^>]*>.*?<\/c>/, '<c r="C2" t="e"><v>#REF!</v></c>'),
    )
    const { code, out } = await importOf('gmis', await workbook([GMIS], spoilt))
    expect([code, out]).toEqual([
      2,
      expect.stringContaining('エラー 2行目 架空病院 Q6：Excelのエラー値です。'),
    ])
    expect(kept()).toEqual([])
  })
})
