import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Column, toCsv } from '../../../src/files/table/csv.ts'
import { readXlsx } from '../../../src/files/xlsx/read.ts'
import { sheetOf, toXlsx } from '../../../src/files/xlsx/write.ts'
import { readZip } from '../../../src/files/xlsx/zip.ts'

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
  const cell = [...styles.split('<cellXfs')[1]!.matchAll(/<xf ([^>]*)>/g)][Number(style)]![1]!
  const id = /numFmtId="(\d+)"/.exec(cell)![1]
  const format = new RegExp(`<numFmt numFmtId="${id}" formatCode="([^"]*)"`).exec(styles)![1]
  expect(format!.replaceAll('&quot;', '"')).toBe('[$-411]ggge"年"m"月"d"日（"aaa"）"h"時"mm"分"')
})
