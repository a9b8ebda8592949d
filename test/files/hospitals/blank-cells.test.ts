import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BED_TYPE_IDS,
  type BedType,
  HOSPITAL_FIELDS,
  type Hospital,
} from '../../../src/domain/master/hospital.ts'
import { mergeIntoMaster } from '../../../src/domain/master/merge.ts'
import type { BlankRule } from '../../../src/domain/master/open-cells.ts'
import { blankCellLines } from '../../../src/files/hospitals/blank-cells.ts'
import { parseHospitalFile } from '../../../src/files/hospitals/file.ts'
import { hospitalSheetColumns } from '../../../src/files/hospitals/sheet-columns.ts'
import { toCsv } from '../../../src/files/table/csv.ts'
import { readTable } from '../../../src/files/table/table.ts'

const geography = {
  municipalities: [{ code: '201', name: '鹿児島市', region: '鹿児島' }],
  regions: ['鹿児島', '南薩'],
}

const KNOWN: Hospital = {
  key: '4619900014',
  medicalCode: '4619900014',
  naviiCode: '46990001',
  name: '架空病院',
  kana: 'カクウビョウイン',
  region: '南薩',
  municipality: '鹿児島市',
  address: '架空町1-1',
  phone: '099-286-2707',
  email: 'jimu@kaku.example.jp',
  beds: 120,
  bedsByType: { general: 80, longTerm: 20, psychiatric: 10, tuberculosis: 5, infectious: 5 },
  functions: ['emergency', 'disaster'],
  inspection: 'insufficient',
  postcode: '890-0046',
  fax: '099-000-0002',
  gmisId: 'A1234567',
  ownership: '医療法人',
  filings: [{ name: '診療録管理体制加算１', from: '2024-06-01' }],
  supportedIn: '令和6年度',
  isClosed: true,
}
const HEADERS = hospitalSheetColumns.map(({ header }) => header)
const CELLS = toCsv(hospitalSheetColumns, [KNOWN]).split('\r\n')[1]!.split(',')

/** The known hospital's own row, after somebody worked on its cells. */
function merged(
  cells: readonly string[],
  {
    rule = 'keep',
    known = KNOWN,
    headers = HEADERS,
  }: { rule?: BlankRule; known?: Hospital; headers?: string[] } = {},
) {
  const parsed = parseHospitalFile(readTable(Buffer.from(`${headers.join(',')}\r\n${cells.join(',')}\r\n`)), {
    prefectureCode: '46',
    geography,
  })
  if (!parsed.ok || parsed.errors.length > 0) return null
  const open = new Map(parsed.hospitals.map((each) => [each.hospital.key, each.open]))
  const incoming = parsed.hospitals.map(({ hospital }) => hospital)
  const merge = mergeIntoMaster([known], incoming, parsed.fields, { open, blank: rule })
  return { ...merge, hospital: merge.changes[0]!.hospital, lines: blankCellLines(merge.blanks) }
}

const BLANKS = ['', ' ', '　', '\u200b', '\u00a0', '\ufeff', '\u2060 ', '\u001a', '\u00ad', '\u3164']
const places = fc.uniqueArray(fc.nat({ max: HEADERS.length - 1 }))

describe('a blank cell', () => {
  test('of whatever kind, wherever it is, keeps what is known', () => {
    fc.assert(
      fc.property(places, fc.constantFrom(...BLANKS), (blank, text) => {
        const cells = CELLS.map((cell, place) => (blank.includes(place) ? text : cell))
        const isRefused =
          blank.includes(2) || [0, 4].some((place) => blank.includes(place) && blank.includes(place + 1))
        expect(merged(cells)?.hospital).toEqual(isRefused ? undefined : KNOWN)
      }),
      { numRuns: 300 },
    )
  })

  test('behind which the row ends keeps it too, whatever the rule', () => {
    for (let length = 1; length <= CELLS.length; length += 1)
      for (const rule of ['keep', 'clear'] as const) {
        const result = merged(CELLS.slice(0, length), { rule })
        if (result) expect(result.hospital).toEqual(KNOWN)
        if (length > 4) expect(result).not.toBeNull()
      }
  })

  test('is said by column, with what becomes of what is known', () => {
    const blank = ['フリガナ', '電話番号', '医療機能', '立入検査']
    const cells = CELLS.map((cell, place) => (blank.includes(HEADERS[place]!) ? '' : cell))
    expect(merged(cells)!.lines).toEqual(
      blank.map((column) => ({ column, message: '空欄の1件は、登録済みの値を残します。' })),
    )
    const cleared = merged(cells, { rule: 'clear' })!
    expect(cleared.lines).toEqual(
      blank.map((column) => ({ column, message: '1件の登録済みの値が空欄になります。' })),
    )
    expect(cleared.hospital).toEqual({
      ...KNOWN,
      kana: null,
      phone: null,
      functions: [],
      inspection: 'unknown',
    })
    const cut = merged(CELLS.slice(0, 15), { rule: 'clear' })!
    expect(cut.lines).toEqual(
      HEADERS.slice(15).map((column) => ({
        column,
        message: '列の数が見出しより少ない行の1件は、登録済みの値を残します。',
      })),
    )
  })

  test('that is cleared says so of every column whose value it takes', () => {
    fc.assert(
      fc.property(places, (blank) => {
        const cells = CELLS.map((cell, place) => (blank.includes(place) ? '' : cell))
        const result = merged(cells, { rule: 'clear' })
        if (!result) return
        const cleared = result.blanks.filter((each) => each.cleared > 0).map(({ field }) => field)
        const lost = HOSPITAL_FIELDS.filter((field) => {
          const value = result.hospital[field]
          return (
            value === null ||
            value === false ||
            value === 'unknown' ||
            (Array.isArray(value) && value.length === 0)
          )
        }).filter((field) => field !== 'bedsByType')
        expect(cleared.filter((field) => !BED_TYPE_IDS.includes(field as BedType)).sort()).toEqual(
          lost.sort(),
        )
        expect(result.hospital.beds).toBeGreaterThan(0)
      }),
    )
  })

  test('of which nothing is known is not spoken of', () => {
    const bare = { ...KNOWN, kana: null, phone: null, functions: [], inspection: 'unknown' as const }
    const blank = ['フリガナ', '電話番号', '医療機能', '立入検査']
    const cells = CELLS.map((cell, place) => (blank.includes(HEADERS[place]!) ? '' : cell))
    expect(merged(cells, { known: bare })!.lines).toEqual([])
  })

  test('of functions and inspection can be told from none', () => {
    const cells = CELLS.with(15, 'なし').with(16, '未把握')
    expect(merged(cells)!.hospital).toMatchObject({ functions: [], inspection: 'unknown' })
  })
})

/** The six cells about beds, from the total on: null for a column that the file lacks. */
function bedsAfter(
  cells: readonly (string | null)[],
  known: Partial<Hospital> = {},
  rule: BlankRule = 'keep',
) {
  const all = CELLS.toSpliced(9, 6, ...cells.map((cell) => cell ?? 'absent'))
  const present = all.map((cell) => cell !== 'absent')
  const result = merged(
    all.filter((_, place) => present[place]),
    { headers: HEADERS.filter((_, place) => present[place]), known: { ...KNOWN, ...known }, rule },
  )
  if (!result) return null
  const { beds, bedsByType } = result.hospital
  return [beds, bedsByType && Object.values(bedsByType).join(' ')]
}

describe('known beds', () => {
  const [_, ...TYPES] = ['120', '80', '20', '10', '5', '5']
  test.each<[string, (string | null)[], [number, string | null]]>([
    ['all blank', ['', '', '', '', '', ''], [120, '80 20 10 5 5']],
    ['dashes', ['-', '－', '―', 'ー', '‐', '−'], [120, '80 20 10 5 5']],
    ['a total of 0', ['0', '', '', '', '', ''], [120, '80 20 10 5 5']],
    ['a total alone', ['130', '', '', '', '', ''], [130, '80 20 10 5 5']],
    ['no total', ['', ...TYPES], [120, '80 20 10 5 5']],
    ['a total of 0 beside the types', ['0', ...TYPES], [120, '80 20 10 5 5']],
    ['one type', ['', '90', '', '', '', ''], [130, '90 20 10 5 5']],
    ['one type of 0', ['', '0', '', '', '', ''], [40, '0 20 10 5 5']],
    ['a row that adds up', ['110', '90', '20', '', '', ''], [110, '90 20 0 0 0']],
    ['one column of them, blank', [null, '', null, null, null, null], [120, '80 20 10 5 5']],
    ['one column of them', [null, '90', null, null, null, null], [130, '90 20 10 5 5']],
    ['one column of them, 0', [null, '0', null, null, null, null], [40, '0 20 10 5 5']],
    ['a total and no types', ['130', null, null, null, null, null], [130, '80 20 10 5 5']],
    ['a blank total and no types', ['', null, null, null, null, null], [120, '80 20 10 5 5']],
    ['no beds at all, said', ['0', '0', '0', '0', '0', '0'], [0, '0 0 0 0 0']],
  ])('after %s', (_name, cells, expected) => {
    expect(bedsAfter(cells)).toEqual(expected)
  })

  test.each<[string, (string | null)[], [number, string | null]]>([
    ['all blank', ['', '', '', '', '', ''], [120, null]],
    ['one column of them, 0', [null, '0', null, null, null, null], [120, null]],
    ['one column of them', [null, '30', null, null, null, null], [120, null]],
    ['zero and blanks', ['', '0', '', '', '', ''], [120, '0 0 0 0 0']],
    ['a type and blanks', ['', '30', '', '', '', ''], [30, '30 0 0 0 0']],
  ])('of which only the total is known, after %s', (_name, cells, expected) => {
    expect(bedsAfter(cells, { bedsByType: null })).toEqual(expected)
  })

  test('are cleared by type, never as a whole', () => {
    expect(bedsAfter(['', '', '', '', '', ''], {}, 'clear')).toEqual([120, null])
    expect(bedsAfter(['', '90', '', '', '', ''], {}, 'clear')).toEqual([90, '90 0 0 0 0'])
    expect(bedsAfter(['', '0', '', '', '', ''], {}, 'clear')).toEqual([120, '0 0 0 0 0'])
  })

  test('never become none where no cell says how many there are', () => {
    const open = fc.constantFrom(null, '', ' ', '-', '－', '\u200b')
    const cells = fc.tuple(fc.constantFrom(null, '', '0', '０床', '-'), open, open, open, open, open)
    fc.assert(
      fc.property(cells, fc.constantFrom<BlankRule>('keep', 'clear'), fc.boolean(), (six, rule, isApart) => {
        const result = bedsAfter(six, isApart ? {} : { bedsByType: null }, rule)
        if (six.some((cell) => cell !== null)) expect(result![0]).toBe(120)
      }),
      { numRuns: 500 },
    )
  })
})
