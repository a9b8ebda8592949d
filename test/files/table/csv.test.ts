import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, guardFormula, parseCsv, plainCell, toCsv } from '../../../src/files/table/csv.ts'

interface Line {
  code: string
  remarks: string | null
  beds: number
}
const columns: Column<Line>[] = [
  { header: 'コード', value: (line) => line.code, guard: false },
  { header: '備考', value: (line) => line.remarks },
  { header: '病床数', value: (line) => line.beds },
]

describe('toCsv', () => {
  it('quotes where needed, ends lines with CRLF and leaves null blank', () => {
    const csv = toCsv(columns, [
      { code: '0110365', remarks: '一行目\n二行目, "引用"', beds: 120 },
      { code: '-', remarks: null, beds: -1 },
    ])
    expect(csv).toBe('コード,備考,病床数\r\n0110365,"一行目\n二行目, ""引用""",120\r\n-,,-1\r\n')
  })

  it('comes back cell by cell, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a,"\r\n \t\'=+-@＝０') })
    fc.assert(
      fc.property(fc.array(fc.record({ code: text, remarks: text, beds: fc.nat() })), (lines) => {
        const parsed = parseCsv(toCsv(columns, lines))
        if (!parsed.ok) throw new Error(parsed.message)
        expect(
          parsed.rows.slice(1).map(([code, remarks, beds]) => [code, plainCell(remarks!), beds]),
        ).toEqual(lines.map(({ code, remarks, beds }) => [code, remarks, String(beds)]))
      }),
    )
  })
})

describe('guardFormula', () => {
  it.each([
    '=1+1',
    '+81',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n',
    '　=1',
    '＝１＋１',
    '－特になし',
    '−1',
    "'=1",
  ])('makes %j harmless and gives it back', (text) => {
    expect(guardFormula(text)).toBe(`'${text}`)
    expect(plainCell(guardFormula(text))).toBe(text)
  })

  it.each(['4610110365', '099-286-2707', 'R-0001', '1=1', "O'Hara", '鹿児島'])('leaves %j alone', (text) => {
    expect(guardFormula(text)).toBe(text)
    expect(plainCell(text)).toBe(text)
  })
})

describe('plainCell', () => {
  it('takes a code out of the form that keeps Excel from it', () => {
    expect(plainCell('="0110365"')).toBe('0110365')
  })
})

describe('parseCsv', () => {
  it.each([['\r\n'], ['\n'], ['\r']])('reads lines ended by %j, blank ones too', (end) => {
    const csv = ['\ufeffa,"b', 'b"', '', '="01",x"y', ''].join(end)
    expect(parseCsv(csv)).toEqual({ ok: true, rows: [['a', `b${end}b`], [''], ['="01"', 'x"y']] })
  })

  it.each([
    ['rows', 'a\n'.repeat(300_000), 'a\n'.repeat(300_001)],
    ['lines that are blank', '\n'.repeat(300_000), '\n'.repeat(2_400_000)],
    ['columns', ','.repeat(255), ','.repeat(256)],
  ])('reads as many %s as a workbook may have, and refuses more', (_name, most, more) => {
    expect(parseCsv(most).ok).toBe(true)
    expect(parseCsv(more)).toEqual({
      ok: false,
      message:
        'ファイルが大きすぎます。読み取れるのは300,000行、256列、1つのセルは32,767文字までです。必要な範囲だけを残して、保存し直してください。',
    })
  })

  it('says in which row a quote is never closed', () => {
    expect(parseCsv('a,b\r\n1,2\r\n3,"4\r\n5,6')).toEqual({
      ok: false,
      message: '3行目のセルで、引用符（"）が閉じられていません。この行の引用符を確認してください。',
    })
  })
})
