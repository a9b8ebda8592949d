import { describe, expect, test } from 'vitest'
import { bandIndexOf } from '../../../src/domain/selection/bands.ts'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { readGeography } from '../../../src/files/geography/municipalities.ts'
import { bedsOf } from '../../../src/files/hospitals/beds-text.ts'
import { type HospitalFile, hospitalFileOf } from '../../../src/files/hospitals/file.ts'
import { encodeCsv } from '../../../src/files/table/encoding.ts'
import {
  type BureauRow,
  bureauSheet,
  bureauWorkbook,
  fictionalBureauWorkbook,
} from '../../support/bureau-workbook.ts'

const geography = readGeography(new URL('../../../resources', import.meta.url).pathname, '46')

type Read = Extract<HospitalFile, { ok: true }> & { sheet: string }

function read(bytes: Uint8Array): Read {
  const file = hospitalFileOf(bytes, { prefectureCode: '46', geography })
  if (!file.ok) throw new Error(file.message)
  return file
}

function refusalOf(rows: readonly BureauRow[]): string {
  const file = hospitalFileOf(bureauWorkbook(bureauSheet(rows)), { prefectureCode: '46', geography })
  return file.ok ? 'read' : file.message
}

function bandsOf({ hospitals }: Pick<Read, 'hospitals'>): number[] {
  const { bands } = DEFAULT_POLICY
  return bands.map(
    (_, index) => hospitals.filter(({ hospital }) => bandIndexOf(bands, hospital.beds) === index).length,
  )
}

const ROW: BureauRow = {
  都道府県コード: '46',
  都道府県名: '鹿児島県',
  区分: '医科',
  医療機関番号: '9900014',
  医療機関名称: '医療法人　架空会　架空病院',
  '医療機関所在地（郵便番号）': '890-0046',
  '医療機関所在地（住所）': '鹿児島市架空町１番１号',
  電話番号: '0990(00)0001',
  FAX番号: '099-000--0002',
  病床数: '一般　　257／一般（感染）　　4',
  受理届出名称: '診療録管理体制加算１',
  算定開始年月日: '令和 6年 6月 1日',
}

const sheetCsv = (rows: readonly BureauRow[]) =>
  bureauSheet(rows)
    .map((cells) => cells.map((text) => `"${text}"`).join(','))
    .join('\r\n')

describe('the list of a bureau', () => {
  test('makes one hospital of many rows, with its code, its beds and its filings', () => {
    const file = read(
      bureauWorkbook(
        bureauSheet([
          ROW,
          { ...ROW, '備考（見出し）': '病床数　', '備考（データ）': '60床' },
          { ...ROW, 受理届出名称: '救急医療管理加算', 算定開始年月日: '平成30年 4月 1日' },
          { ...ROW, 受理届出名称: '救急医療管理加算', 算定開始年月日: '令和 2年 4月 1日' },
          { ...ROW, 医療機関番号: '9900029', 医療機関名称: '架空医院', 病床数: '一般　　19' },
          { ...ROW, 医療機関番号: '9900037', 医療機関名称: '架空診療所', 病床数: '' },
        ]),
      ),
    )
    expect([file.format, file.asOf, file.sheet, file.hospitals.length]).toEqual([
      'bureau',
      '2025-10-01',
      'Sheet1',
      1,
    ])
    expect(file.hospitals[0]).toMatchObject({
      row: 5,
      hospital: {
        key: '4619900014',
        medicalCode: '4619900014',
        naviiCode: null,
        name: '医療法人　架空会　架空病院',
        region: '鹿児島',
        municipality: '鹿児島市',
        address: '鹿児島市架空町１番１号',
        postcode: '890-0046',
        phone: '099-000-0001',
        fax: '099-000-0002',
        beds: 261,
        bedsByType: { general: 257, longTerm: 0, psychiatric: 0, tuberculosis: 0, infectious: 4 },
        filings: [
          { name: '診療録管理体制加算１', from: '2024-06-01' },
          { name: '救急医療管理加算', from: '2020-04-01' },
        ],
      },
    })
    expect(file.errors).toEqual([])
    expect(file.warnings.map(({ message }) => message)).toEqual([
      '病床が20床未満の医療機関（診療所など）2件は取り込みません。',
    ])
  })

  test.each(['utf-8', 'cp932'] as const)('is the same as a CSV in %s', (encoding) => {
    const rows = [ROW, { ...ROW, 受理届出名称: '救急医療管理加算' }]
    expect(read(encodeCsv(sheetCsv(rows), encoding)).hospitals).toEqual(
      read(bureauWorkbook(bureauSheet(rows))).hospitals,
    )
  })

  test('is found by its header wherever that stands, on whichever sheet, repeated on every page', () => {
    const [, , , header, ...rows] = bureauSheet([ROW, ROW])
    const shifted = [
      [''],
      ['施設基準の届出受理状況'],
      [''],
      [''],
      ['R7.10.1現在'],
      header!,
      rows[0]!,
      header!,
      rows[1]!,
    ]
    const file = read(bureauWorkbook(shifted))
    expect([file.asOf, file.hospitals.length, file.hospitals[0]!.row]).toEqual(['2025-10-01', 1, 7])
  })

  test.each<[string, BureauRow, string]>([
    ['without the zeros that a spreadsheet ate', { 医療機関番号: '110365' }, '4610110365'],
    ['in full width', { 医療機関番号: '９９０００１４' }, '4619900014'],
    ['with what some print between', { 医療機関番号: '99,0001,4' }, '4619900014'],
  ])('a number %s is the code', (_name, change, code) => {
    expect(
      read(bureauWorkbook(bureauSheet([{ ...ROW, ...change }]))).hospitals[0]!.hospital.medicalCode,
    ).toBe(code)
  })

  test('rows without a number belong to the institution above', () => {
    const rows = [ROW, { 受理届出名称: '救急医療管理加算' }]
    const { hospitals } = read(bureauWorkbook(bureauSheet(rows)))
    expect(hospitals.map(({ hospital }) => hospital.filings.length)).toEqual([2])
  })

  test.each([
    ['鹿児島県大島郡瀬戸内町架空１', '瀬戸内町', '奄美'],
    ['薩摩郡さつま町架空１', 'さつま町', '川薩'],
    ['いちき串木野市架空１', 'いちき串木野市', '鹿児島'],
    ['奄美市名瀬架空町１', '奄美市', '奄美'],
  ])('the municipality of 「%s」 is %s', (address, municipality, region) => {
    const row = { ...ROW, '医療機関所在地（住所）': address }
    expect(read(bureauWorkbook(bureauSheet([row]))).hospitals[0]!.hospital).toMatchObject({
      municipality,
      region,
    })
  })

  test('an address outside is an error that says what to do; nobody guesses a region', () => {
    const file = read(
      bureauWorkbook(bureauSheet([{ ...ROW, '医療機関所在地（住所）': '熊本市中央区架空１' }])),
    )
    expect(file.hospitals).toEqual([])
    expect(file.errors).toEqual([
      expect.objectContaining({
        row: 5,
        column: '医療機関所在地（住所）',
        hospital: '医療法人　架空会　架空病院',
        message: expect.stringContaining('市町村が分からないため'),
      }),
    ])
  })

  test.each<[string, BureauRow, string]>([
    [
      'of another prefecture',
      { 都道府県コード: '43', 都道府県名: '熊本県' },
      '熊本県の届出受理医療機関名簿です。',
    ],
    ['of dentists', { 区分: '歯科' }, '「歯科」の届出受理医療機関名簿です。'],
    ['of pharmacies', { 区分: '薬局' }, '「薬局」の届出受理医療機関名簿です。'],
    ['of clinics', { 病床数: '一般　　19' }, '病床が20床以上の医療機関がありません。'],
  ])('one %s is named as what it is', (_name, change, message) => {
    expect(refusalOf([{ ...ROW, ...change }])).toContain(message)
  })

  test('of several prefectures only its own is read, and says so', () => {
    const file = read(
      bureauWorkbook(
        bureauSheet([ROW, { ...ROW, 都道府県コード: '43', 都道府県名: '熊本県', 医療機関番号: '9900037' }]),
      ),
    )
    expect(file.hospitals).toHaveLength(1)
    expect(file.warnings.map(({ message }) => message)).toContain('ほかの都道府県の1行は取り込みません。')
  })
})

test.each([
  ['一般　　257／一般（感染）　　4', 261, [257, 0, 0, 0, 4]],
  ['療養　療養　40', 40, [0, 40, 0, 0, 0]],
  ['精神　　210／一般　　19', 229, [19, 0, 210, 0, 0]],
  ['一般／療養　　60', 60, [0, 60, 0, 0, 0]],
  ['一般 30/結核 10/療養 116', 156, [30, 116, 0, 10, 0]],
  ['一般　１，０２０床', 1020, [1020, 0, 0, 0, 0]],
  ['一般 10　療養 20', 30, [10, 20, 0, 0, 0]],
  ['', 0, null],
  ['一般', 0, null],
])('beds 「%s」 are %d', (text, beds, types) => {
  const read = bedsOf(text)
  expect([read.beds, read.bedsByType && Object.values(read.bedsByType), read.unread]).toEqual([
    beds,
    types,
    [],
  ])
})

test('beds of no known type count in the total alone', () => {
  expect(bedsOf('一般　30／特殊　5')).toEqual({ beds: 35, bedsByType: null, unread: ['特殊5'] })
})

test('a fictional list of 26,000 rows is read like the real one', () => {
  const { bytes, hospitals } = fictionalBureauWorkbook()
  const file = read(bytes)
  expect(bandsOf(file)).toEqual([105, 87, 16, 13, 4, 4])
  expect(
    file.hospitals.map(({ hospital: { medicalCode, name, municipality, beds } }) => ({
      medicalCode,
      name,
      municipality,
      beds,
    })),
  ).toEqual(hospitals)
  expect(file.errors).toEqual([])
})
