import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Column, toCsv } from '../../../src/files/table/csv.ts'
import { sheetOf, toXlsx } from '../../../src/files/xlsx/write.ts'
import { readZip } from '../../../src/files/xlsx/zip.ts'
import { readXlsx } from '../../support/xlsx.ts'

interface Row {
  code: string
  beds: number | null
  remarks: string | null
}

const COLUMNS: readonly Column<Row>[] = [
  { header: '医療機関コード', value: ({ code }) => code },
  { header: '許可病床数', value: ({ beds }) => beds },
  { header: '備考', value: ({ remarks }) => remarks },
]

const ROWS: Row[] = [
  { code: '0110365', beds: 120, remarks: '=HYPERLINK("http://example.jp")' },
  { code: '099-000-0000', beds: null, remarks: '一行目\n 二行目 <&">' },
  { code: '+81 99', beds: 0.5, remarks: null },
]

const HEADERS = COLUMNS.map(({ header }) => header)

test('a workbook reads back as it was: codes with their zeros, nothing put before a formula', async () => {
  expect(await readXlsx(await toXlsx([sheetOf('一覧', COLUMNS, ROWS)]))).toEqual({
    ok: true,
    rows: [
      HEADERS,
      ['0110365', '120', '=HYPERLINK("http://example.jp")'],
      ['099-000-0000', '', '一行目\n 二行目 <&">'],
      ['+81 99', '0.5', ''],
    ],
  })
})

test('without rows the header stands alone', async () => {
  expect(await readXlsx(await toXlsx([sheetOf('一覧', COLUMNS, [])]))).toEqual({ ok: true, rows: [HEADERS] })
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('_', 'x', '0', '4', '1', '\r', '\n', '\0', '\u3000', '﨑', '\ud842\udfb7'),
  }),
  fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', '_x0041_', '\ufffe', '\ufffd'),
)

test('any text and number survives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: anyText, number: fc.double({ noNaN: true, noDefaultInfinity: true }) }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (rows) => {
        const columns = [
          { header: 'text', value: (row: { text: string }) => row.text },
          { header: 'number', value: (row: { number: number }) => row.number },
        ]
        const expected = rows.map(({ text, number }) => [text, String(number + 0)])
        expect(await readXlsx(await toXlsx([sheetOf('s', columns, rows)]))).toEqual({
          ok: true,
          rows: [['text', 'number'], ...expected],
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('every text is a text cell that stays text when it is edited; a number is none', async () => {
  const { sheet, styles } = await parts([sheetOf('一覧', COLUMNS, ROWS)])
  const cells = [...sheet.matchAll(/<c r="([A-Z]\d)" s="(\d)"( t="s")?>/g)].map(([, at, style, text]) => ({
    at,
    style,
    text: text !== undefined,
  }))
  const formats = [...styles.matchAll(/<xf (.*?)>/g)].map(([, xf]) => xf!.includes('numFmtId="100"'))
  expect(styles).toContain('<numFmt numFmtId="100" formatCode="@"/>')
  expect(sheet).not.toContain('<f>')
  for (const { at, style, text } of cells.filter(({ at }) => !at!.endsWith('1'))) {
    expect([at, text, formats[Number(style)]]).toEqual([at, !at!.startsWith('B'), !at!.startsWith('B')])
  }
  expect(cells.filter(({ text }) => !text).map(({ at }) => at)).toEqual(['B2', 'B4'])
})

test('the header is bold and stays in sight; columns are as wide as what they hold', async () => {
  const { sheet, styles } = await parts([sheetOf('一覧', COLUMNS, ROWS)])
  expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
  expect(styles).toContain('<b/>')
  const widths = [...sheet.matchAll(/<col [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))
  // Beside a header there is room for the button of its filter.
  expect(widths).toEqual(['医療機関コード'.length * 2 + 4, '許可病床数'.length * 2 + 4, 31 + 2])
  const long = [{ code: '', beds: null, remarks: '長'.repeat(1000) }]
  expect((await parts([sheetOf('一覧', COLUMNS, long)])).sheet).toContain('width="52"')
})

test('the same sheets give the same bytes, whatever the hour', async () => {
  const first = await toXlsx([sheetOf('一覧', COLUMNS, ROWS)])
  expect(first.equals(await toXlsx([sheetOf('一覧', COLUMNS, ROWS)]))).toBe(true)
  expect(stamps(first)).toEqual(new Set(['1980-1-1 0']))
})

test('sheets get names that Excel accepts', async () => {
  const wished = ['選定[1]/2', '選定［1］／2', "'引用'", '長'.repeat(40), '長'.repeat(40), '', 'a', 'A']
  const { workbook } = await parts(wished.map((name) => sheetOf(name, COLUMNS, [])))
  expect([...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
    '選定［1］／2',
    '選定［1］／2 (2)',
    '＇引用＇',
    '長'.repeat(31),
    `${'長'.repeat(27)} (2)`,
    'シート',
    'a',
    'A (2)',
  ])
})

test('a sheet prints one page wide, its header on each page and the page’s number below, and can be filtered', async () => {
  const { sheet, workbook } = await parts([
    sheetOf('一覧', COLUMNS, ROWS),
    sheetOf("1年'目", COLUMNS.slice(0, 2), []),
  ])
  expect(sheet).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
  expect(sheet).toMatch(/<pageSetup [^>]*fitToWidth="1" fitToHeight="0"/)
  expect(sheet).toContain('<oddFooter>&amp;C&amp;P / &amp;N</oddFooter>')
  expect(sheet).toContain('<autoFilter ref="A1:C4"/>')
  expect(workbook).toContain(">'一覧'!$1:$1<")
  expect(workbook).toContain(`<definedName name="_xlnm.Print_Titles" localSheetId="1">'1年''目'!$1:$1<`)
  expect(workbook).toContain(`localSheetId="1" hidden="1">'1年''目'!$A$1:$B$1<`)
  // The order that the format demands; without it Excel calls the file damaged.
  const order = [
    ...sheet.matchAll(
      /<(sheetPr|sheetViews|cols|sheetData|autoFilter|print\w+|pageMargins|pageSetup|headerFooter)\b/g,
    ),
  ]
  expect(order.map(([, name]) => name)).toEqual(
    'sheetPr sheetViews cols sheetData autoFilter printOptions pageMargins pageSetup headerFooter'.split(' '),
  )
})

test.each([
  [3, 'paperSize="9" orientation="portrait"'],
  [6, 'paperSize="9" orientation="landscape"'],
  [20, 'paperSize="8" orientation="landscape"'],
])('%i columns of text lie on the paper that they need', async (count, paper) => {
  const columns = Array.from({ length: count }, (_, index) => ({
    header: `列${index}`,
    value: () => '二十文字の文章が入る列です。',
  }))
  expect((await parts([sheetOf('一覧', columns, [0])])).sheet).toContain(`<pageSetup ${paper}`)
})

describe('figures of a column', () => {
  const stylesOf = async (values: (number | string | null)[], number?: Column<number>['number']) => {
    const columns: Column<number>[] = [{ header: '値', value: (index) => values[index]!, number }]
    const rows = values.map((_, index) => index)
    const { sheet, styles } = await parts([sheetOf('一覧', columns, rows)])
    const style = Number(/<c r="A2" s="(\d)"/.exec(sheet)![1])
    const xf = [...styles.matchAll(/<xf .*?<\/xf>/g)][style]![0]
    const format = /numFmtId="(\d+)"/.exec(xf)?.[1]
    return {
      format: format ? new RegExp(`numFmtId="${format}" formatCode="([^"]*)"`).exec(styles)?.[1] : undefined,
      align: /horizontal="(\w+)"/.exec(xf)?.[1],
    }
  }

  test.each<[string, (number | string | null)[], Column<number>['number'], object]>([
    ['with parts have two places', [75.6, 40, 45.15], undefined, { format: '0.00', align: 'right' }],
    [
      'that are points have two places though all are whole',
      [75, 40],
      'points',
      { format: '0.00', align: 'right' },
    ],
    ['that are whole stay so', [120, null, 20], undefined, { format: undefined, align: 'right' }],
    ['that are places stand in the middle', [1, 2], 'place', { format: undefined, align: 'center' }],
    [
      'beside words stay as they come',
      [25, 12.5, '鹿児島'],
      undefined,
      { format: undefined, align: 'right' },
    ],
    ['written as shares stand right', ['100％', '5％未満'], undefined, { format: '@', align: 'right' }],
    [
      'written in few characters stand in the middle',
      ['4610110365', '選定'],
      undefined,
      { format: '@', align: 'center' },
    ],
    [
      'written in many stand left',
      ['選定', '支援枠の範囲内で第1位'],
      undefined,
      { format: '@', align: undefined },
    ],
  ])('%s', async (_name, values, number, expected) => {
    expect(await stylesOf(values, number)).toEqual(expected)
  })
})

async function parts(sheets: Parameters<typeof toXlsx>[0]) {
  const read = readZip(await toXlsx(sheets), () => true, 1_000_000)
  if (!read.ok) throw new Error(read.reason)
  const text = (name: string) => read.files.get(name)!.toString('utf8')
  return {
    sheet: text('xl/worksheets/sheet1.xml'),
    styles: text('xl/styles.xml'),
    workbook: text('xl/workbook.xml'),
  }
}

/** Day and time of every file in the archive, from its local header. */
function stamps(zip: Buffer): Set<string> {
  const found = new Set<string>()
  for (let at = 0; at >= 0; at = zip.indexOf('PK\x03\x04', at + 4)) {
    const date = zip.readUInt16LE(at + 12)
    found.add(`${(date >> 9) + 1980}-${(date >> 5) & 15}-${date & 31} ${zip.readUInt16LE(at + 10)}`)
  }
  return found
}

interface Arrival {
  at: Date | null
}

test.each([
  ['2024-03-11T01:00:00Z', '令和6年3月11日（月）10時00分', '2024-03-11T10:00'],
  ['2024-03-18T14:59:00Z', '令和6年3月18日（月）23時59分', '2024-03-18T23:59'],
  ['2024-03-18T15:00:00Z', '令和6年3月19日（火）0時00分', '2024-03-19T00:00'],
  ['2019-04-30T14:59:59Z', '平成31年4月30日（火）23時59分', '2019-04-30T23:59'],
  ['2019-04-30T15:00:00Z', '令和元年5月1日（水）0時00分', '2019-05-01T00:00'],
  ['2028-02-28T23:30:00Z', '令和10年2月29日（火）8時30分', '2028-02-29T08:30'],
])('%s is %s in a CSV and a date of Tokyo in a workbook', async (instant, text, tokyo) => {
  const columns: Column<Arrival>[] = [{ header: '受付日時', value: ({ at }) => at }]
  const rows = [{ at: new Date(instant) }, { at: null }]
  expect(toCsv(columns, rows)).toBe(`受付日時\r\n${text}\r\n\r\n`)
  const { sheet, styles } = await parts([sheetOf('一覧', columns, rows)])
  const [, style, serial] = /<c r="A2" s="(\d+)"[^>]*><v>([\d.]+)<\/v>/.exec(sheet)!
  // Excel's day 0 is 30 December 1899, and its clock has no zone.
  const clock = new Date(Date.UTC(1899, 11, 30) + Math.round(Number(serial) * 86_400_000))
  expect(clock.toISOString()).toContain(tokyo)
  const cell = [...styles.split('<cellXfs')[1]!.matchAll(/<xf ([^>]*)>/g)][Number(style)]![1]!
  const id = /numFmtId="(\d+)"/.exec(cell)![1]
  const format = new RegExp(`<numFmt numFmtId="${id}" formatCode="([^"]*)"`).exec(styles)![1]
  expect(format!.replaceAll('&quot;', '"')).toBe('[$-411]ggge"年"m"月"d"日（"aaa"）"h"時"mm"分"')
})
