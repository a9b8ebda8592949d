import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sheetOf, toXlsx } from '../../../src/files/xlsx/write.ts'
import { readZip, writeZip } from '../../../src/files/xlsx/zip.ts'
import { readXlsx } from '../../support/xlsx.ts'

const COLUMNS = [{ header: '医療機関名', value: (name: string) => name }]

/** A small workbook, and the same with some of its files written anew. */
async function workbook(changes: Record<string, string> = {}): Promise<Buffer> {
  const read = readZip(await toXlsx([sheetOf('一覧', COLUMNS, ['試験病院'])]), () => true, 1_000_000)
  if (!read.ok) throw new Error(read.reason)
  for (const [name, content] of Object.entries(changes)) read.files.set(name, Buffer.from(content))
  return writeZip(read.files)
}

const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const SHEET = 'xl/worksheets/sheet1.xml'

/** xf 1 and 2 carry formats: a day, and a day with its time. */
const STYLES = `<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d h:mm"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`

test('cells become text: numbers as entered, dates as dates, formulas as their last result', async () => {
  const row = `<row r="1"><c r="A1"><v>4.610110365E9</v></c><c r="B1"><v>0.1</v></c><c r="C1" s="1"><v>45369</v></c>
<c r="D1" s="2"><v>45369.711805555555</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="str"><f>A1&amp;""</f><v>結果</v></c>
<c r="G1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="H1" t="inlineStr"><is><t> 空白 </t></is></c></row>`
  const bytes = await workbook({ [SHEET]: sheet(row), 'xl/styles.xml': STYLES })
  expect(await readXlsx(bytes)).toEqual({
    ok: true,
    rows: [['4610110365', '0.1', '2024-03-18', '2024-03-18 17:05', 'TRUE', '結果', '#DIV/0!', ' 空白 ']],
  })
})

test('the reading that Excel keeps with a name is not part of it', async () => {
  const strings = '<sst><si><t>試験病院</t><rPh sb="0" eb="4"><t>シケンビョウイン</t></rPh></si></sst>'
  const bytes = await workbook({
    'xl/sharedStrings.xml': strings,
    [SHEET]: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
  })
  expect(await readXlsx(bytes)).toEqual({ ok: true, rows: [['試験病院']] })
})

test('rows keep the numbers that Excel shows', async () => {
  const rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="B4"><v>2</v></c></row>'
  expect(await readXlsx(await workbook({ [SHEET]: sheet(rows) }))).toEqual({
    ok: true,
    rows: [
      ['1', ''],
      ['', ''],
      ['', ''],
      ['', '2'],
    ],
  })
})

test('a workbook that Excel compressed is read', async () => {
  const plain = await workbook()
  expect(await readXlsx(deflated(plain))).toEqual(await readXlsx(plain))
})

test.each([
  ['a CSV', Buffer.from('医療機関名\r\n'), 'Excelブック（.xlsx）ではないようです'],
  ['nothing', Buffer.alloc(0), 'Excelブック（.xlsx）ではないようです'],
  [
    'an old or locked workbook',
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    '以前の形式のExcelブック（.xls）のようです。',
  ],
  ['another archive', writeZip(new Map([['a.txt', Buffer.from('a')]])), '読み取れませんでした'],
])('%s is refused with what to do', async (_name, bytes, message) => {
  const read = await readXlsx(bytes)
  expect(read).toEqual({ ok: false, message: expect.stringContaining(message) })
  expect(read).toEqual({ ok: false, message: expect.stringContaining('保存し直してください。') })
})

const far = "<c r='A300001'><v>1</v></c>"
test.each([
  ['in the last row', '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'],
  ['in the last column', '<row r="1"><c r="XFD1"><v>1</v></c></row>'],
  ['just beyond', `<row r="300001">${far}</row>`],
  ['in a column just beyond', '<row r="1"><c s="0"\n r = \'IW1\'><v>1</v></c></row>'],
  ['with an address in disguise', '<row r="1"><c r="&#88;FD1"><v>1</v></c></row>'],
  ['with a prefix', '<x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'],
  ['behind a > in quotes', '<row><c x=">" r="A300001"><v>1</v></c></row>'],
  ['behind very many rows without a number', `${'<row/>'.repeat(300_000)}<row><c><v>1</v></c></row>`],
  [
    'that makes the sheet very wide and very long',
    `<row><c r="IV1"><v>1</v></c></row><row><c r="A50000"><v>1</v></c></row>`,
  ],
])('a cell %s makes a sheet too large', async (_name, rows) => {
  const read = await readXlsx(await workbook({ [SHEET]: sheet(rows) }))
  expect(read).toEqual({
    ok: false,
    message: expect.stringContaining('300,000行、256列、1つのセルは32,767文字まで'),
  })
})

test.each([
  ['rows', '<row r="1048576"/>'],
  ['cells that are only coloured', '<row r="9"><c r="XFD9" s="1"/><c r="A1048576" s="1"/></row>'],
  ['very many rows', '<row></row>'.repeat(300_001)],
])('%s that hold nothing may lie as far away as they like', async (_name, rows) => {
  const first = '<row r="1"><c r="A1"><v>1</v></c></row>'
  expect(await readXlsx(await workbook({ [SHEET]: sheet(first + rows) }))).toEqual({
    ok: true,
    rows: [['1']],
  })
})

const long = 'a'.repeat(300_000)
test.each([
  ['a tag that does not end', `<row r="1" x="${long}`],
  ['a tag that is long', `<row r="1" x="${long}"/>`],
  ['a tag with a > in quotes', `<row x="${'>'.repeat(300_000)}" r="1"/>`],
  ['a text', `<row r="1"><c r="A1" t="inlineStr"><is><t>${long}</t></is></c></row>`],
  ['blanks', ' '.repeat(300_000)],
  ['a comment', `<!--${'<a>'.repeat(100_000)}-->`],
  ['a section of characters', `<![CDATA[${'<a>'.repeat(100_000)}]]>`],
])('%s longer than any of Excel’s is not given to the library', async (_name, rows) => {
  const read = await readXlsx(await workbook({ [SHEET]: sheet(rows) }))
  expect(read).toEqual({ ok: false, message: expect.stringContaining('大きすぎます') })
})

test('neither is a workbook of very many files, nor elements within elements without end', async () => {
  const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`xl/${index}.xml`, '<a/>']))
  const deep = { [SHEET]: '<a>'.repeat(101) }
  for (const changes of [deep, many])
    expect(await readXlsx(await workbook(changes))).toEqual({
      ok: false,
      message: expect.stringContaining('大きすぎます'),
    })
})

test('an entity of its own is not put in', async () => {
  const doctype = `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(99)}">]>`
  const rows = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>')
  expect(await readXlsx(await workbook({ [SHEET]: doctype + rows }))).toMatchObject({ ok: false })
})

test.each([
  ['[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', '2024-03-18'],
  ['yyyy"年"m"月"d"日"'.replaceAll('"', '&quot;'), '2024-03-18'],
  ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '2024-03-18'],
  ['[Red]0.00E+00', '45369'],
  ['&quot;第&quot;0&quot;号 day&quot;', '45369'],
  ['General', '45369'],
])('a number in the format %s is %s', async (format, expected) => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${format}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>`
  const row = '<row r="1"><c r="A1" s="1"><v>45369</v></c></row>'
  expect(await readXlsx(await workbook({ [SHEET]: sheet(row), 'xl/styles.xml': styles }))).toEqual({
    ok: true,
    rows: [[expected]],
  })
})

test('the longest text that a cell holds is read', async () => {
  const text = '&'.repeat(32_767)
  const row = `<row r="1"><c r="A1" t="inlineStr"><is><t>${'&amp;'.repeat(32_767)}</t></is></c></row>`
  expect(await readXlsx(await workbook({ [SHEET]: sheet(row) }))).toEqual({ ok: true, rows: [[text]] })
})

test('a workbook that writes its elements with a prefix is read', async () => {
  const rows = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
  expect(await readXlsx(await workbook({ [SHEET]: sheet(rows) }))).toEqual({ ok: true, rows: [['1']] })
})

test('the last place within the limits is read', async () => {
  const read = await readXlsx(
    await workbook({ [SHEET]: sheet('<row r="20000"><c r="IV20000"><v>1</v></c></row>') }),
  )
  expect(read.ok && read.rows.length).toBe(20_000)
  expect(read.ok && read.rows.at(-1)?.[255]).toBe('1')
})

test('a small archive that unpacks to very much is refused, whatever size it states', async () => {
  const bomb = deflated(await workbook({ [SHEET]: ' '.repeat(31_000_000) }))
  expect(bomb.length).toBeLessThan(200_000)
  expect(await readXlsx(bomb)).toEqual({ ok: false, message: expect.stringContaining('大きすぎます') })
  for (let at = bomb.indexOf('PK\x01\x02'); at >= 0; at = bomb.indexOf('PK\x01\x02', at + 4))
    bomb.writeUInt32LE(10, at + 24)
  expect(await readXlsx(bomb)).toEqual({ ok: false, message: expect.stringContaining('大きすぎます') })
})

test('damage anywhere gives the rows or a refusal, never an error', async () => {
  const whole = await workbook()
  const packed = deflated(whole)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(whole, packed),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      fc.option(fc.nat()),
      async (source, place, byte, cut) => {
        const bytes = Buffer.from(source)
        bytes[place % bytes.length] = byte
        const read = await readXlsx(cut === null ? bytes : bytes.subarray(0, cut % bytes.length))
        expect(read.ok ? read.rows.length > 0 : read.message.length > 0).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

test('damage in the XML itself gives rows or a refusal, never an error', async () => {
  const names = [
    'xl/workbook.xml',
    SHEET,
    'xl/sharedStrings.xml',
    'xl/styles.xml',
    'xl/_rels/workbook.xml.rels',
  ]
  const read = readZip(await workbook(), () => true, 1_000_000)
  if (!read.ok) throw new Error(read.reason)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.nat(),
      fc.nat({ max: 30 }),
      fc.constantFrom('', '<', '"', '9', '-', 'A', '&', '<c>', '<row>', '</row>', '\0'),
      async (name, place, length, replacement) => {
        const xml = read.files.get(name)!.toString('utf8')
        const start = place % xml.length
        const bad = xml.slice(0, start) + replacement + xml.slice(start + length)
        const outcome = await readXlsx(await workbook({ [name]: bad }))
        expect(outcome.ok ? Array.isArray(outcome.rows) : outcome.message.length > 0).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

/** The archive as others write it: each file deflated. */
function deflated(stored: Buffer): Buffer {
  const read = readZip(stored, () => true, 40_000_000)
  if (!read.ok) throw new Error(read.reason)
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const [name, content] of read.files) {
    const one = writeZip(new Map([[name, content]]))
    const packed = deflateRawSync(content)
    const start = one.indexOf('PK\x01\x02')
    const local = Buffer.concat([one.subarray(0, 30 + Buffer.byteLength(name)), packed])
    const central = Buffer.from(one.subarray(start, start + 46 + Buffer.byteLength(name)))
    for (const [header, shift] of [[local, 0] as const, [central, 2] as const]) {
      header.writeUInt16LE(8, 8 + shift)
      header.writeUInt32LE(packed.length, 18 + shift)
    }
    central.writeUInt32LE(offset, 42)
    locals.push(local)
    centrals.push(central)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.from(stored.subarray(stored.lastIndexOf('PK\x05\x06')))
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
