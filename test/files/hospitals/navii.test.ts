import { readFileSync } from 'node:fs'
import { parse as parseRaw } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { readGeography } from '../../../src/files/geography/municipalities.ts'
import { type HospitalFile, parseHospitalFile } from '../../../src/files/hospitals/file.ts'
import { toCsv } from '../../../src/files/table/csv.ts'
import { readTable } from '../../../src/files/table/table.ts'

const geography = readGeography(new URL('../../../resources', import.meta.url).pathname, '46')
const bytes = readFileSync(new URL('../../fixtures/navii-kagoshima.csv', import.meta.url))

/** The same rows without any code of the program, to count from. */
const raw: Record<string, string>[] = parseRaw(bytes, { bom: true, columns: true })
const sums = raw.map((row) =>
  ['一般病床', '療養病床', '精神病床', '結核病床', '感染症病床'].reduce(
    (sum, type) => sum + Number(row[type]),
    0,
  ),
)

function parse(file: Uint8Array): Extract<HospitalFile, { ok: true }> {
  const parsed = parseHospitalFile(readTable(file), { prefectureCode: '46', geography })
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed
}

describe('the open data of the prefecture', () => {
  const parsed = parse(bytes)
  const byId = (id: string) => parsed.hospitals.find(({ hospital }) => hospital.naviiCode === id)?.hospital
  const warned = (pattern: RegExp) => parsed.warnings.filter(({ message }) => pattern.test(message))

  it('is read whole: every row a hospital, with the beds and the region of its row', () => {
    expect([parsed.format, parsed.encoding, parsed.errors]).toEqual(['navii', 'utf-8', []])
    expect(parsed.hospitals).toHaveLength(139)
    const municipalities = readFileSync(
      new URL('../../../resources/municipalities-46.csv', import.meta.url),
      'utf8',
    )
    for (const [index, row] of raw.entries()) {
      const { hospital, row: number } = parsed.hospitals[index]!
      expect(number).toBe(index + 2)
      expect(hospital).toMatchObject({
        key: row.ID,
        naviiCode: row.ID,
        medicalCode: null,
        beds: sums[index],
      })
      expect(municipalities).toContain(`${row.市区町村コード},${hospital.municipality},${hospital.region}`)
    }
  })

  it('has as many warnings of each kind as the rows give cause for', () => {
    const wrong = raw.flatMap((row, index) =>
      row.合計病床数 && Number(row.合計病床数) !== sums[index] ? [index + 2] : [],
    )
    expect(wrong).toHaveLength(11)
    expect(warned(/病床種別の合計\d+床を採用/).map(({ row }) => row)).toEqual(wrong)
    const small = sums.flatMap((sum, index) => (sum > 0 && sum < 20 ? [index + 2] : []))
    expect(small).toHaveLength(1)
    expect(warned(/床未満/).map(({ row }) => row)).toEqual(small)
    const empty = sums.flatMap((sum, index) => (sum === 0 ? [index + 2] : []))
    expect(empty).toHaveLength(2)
    expect(warned(/病床がない/).map(({ row }) => row)).toEqual(empty)
    expect(warned(/同じ名前/)).toHaveLength(1)
    expect(parsed.warnings).toHaveLength(11 + 1 + 2 + 1)
  })

  it.each([
    ['46110040', { name: '医療法人仁愛会　花倉病院', beds: 154, region: '鹿児島' }],
    ['46110035', { name: '社会医療法人童仁会池田病院', beds: 27 }],
    ['46110506', { name: '水間病院', beds: 88, municipality: '伊佐市', region: '姶良・伊佐' }],
    ['461246335087', { name: '東京ノーストクリニック', beds: 0, bedsByType: null }],
    ['46110045', { name: '﨑元病院', kana: 'サキモトビョウイン' }],
    ['46110408', { name: '薩摩郡医師会病院', municipality: 'さつま町', region: '川薩' }],
    ['46110803', { municipality: '奄美市', region: '奄美' }],
    ['46110509', { name: '牧之原診療所', address: '鹿児島県霧島市福山町福山５２９０－２９' }],
    ['46110408', { beds: 142, phone: null, email: null, functions: [], inspection: 'unknown' }],
  ])('%s is %j', (id, expected) => expect(byId(id)).toMatchObject(expected))

  it('names both hospitals of the same name, and how the totals differ', () => {
    expect(warned(/同じ名前/)[0]).toEqual({
      row: 57,
      hospital: '尾辻病院',
      message:
        '同じ名前の医療機関が2件あります（13行目：尾辻病院（鹿児島市、46110023）、57行目：尾辻病院（枕崎市、46110216））。別の医療機関か確認してください。',
    })
    expect(parsed.warnings.find(({ hospital }) => hospital === '水間病院')).toEqual({
      row: 93,
      column: '合計病床数',
      hospital: '水間病院',
      message: '44床とありますが、病床種別の合計88床を採用しました。',
    })
  })
})

describe('a row of the open data', () => {
  const base = { ...raw[0]! }
  const file = (...rows: Record<string, string>[]) => {
    const columns = Object.keys(base).map((header) => ({
      header,
      value: (row: Record<string, string>) => row[header]!,
    }))
    return parse(
      Buffer.from(
        toCsv(
          columns,
          rows.map((row) => ({ ...base, ...row })),
        ),
      ),
    )
  }
  const only = (row: Record<string, string>) => {
    const { hospitals, warnings, errors } = file(row)
    return { beds: hospitals[0]?.hospital.beds, warnings: warnings.map(({ message }) => message), errors }
  }

  it('counts 療養病床のうち… once, as parts', () => {
    const row = {
      療養病床: '40',
      療養病床のうち医療保険適用: '30',
      療養病床のうち介護保険適用: '10',
      合計病床数: '79',
    }
    expect(only(row)).toEqual({ beds: 79, warnings: [], errors: [] })
  })

  it('gets a total where the file has none, with a warning', () => {
    const blank = only({ 合計病床数: '' })
    expect(blank).toEqual({
      beds: 39,
      warnings: ['空欄ですが、病床種別の合計39床を採用しました。'],
      errors: [],
    })
  })

  it('keeps the file’s total where the types are blank, as nothing else is known', () => {
    const types = { 一般病床: '', 療養病床: '', 精神病床: '', 結核病床: '', 感染症病床: '' }
    const { beds, warnings } = only(types)
    expect([beds, warnings]).toEqual([39, ['病床種別が空欄のため、合計病床数の39床を採用しました。']])
  })

  it('of another kind of institution is kept with a warning', () => {
    expect(only({ 機関区分: '2' })).toMatchObject({
      beds: 39,
      warnings: ['「1」（病院）ではありません（値：2）。'],
    })
  })

  it.each([
    [{ 市区町村コード: '999' }, '市区町村コード'],
    [{ ID: '' }, 'ID'],
    [{ 正式名称: '　' }, '正式名称'],
    [{ 一般病床: '多数' }, '一般病床'],
  ])('%j is an error', (row, column) => {
    const { beds, errors } = only(row)
    expect(beds).toBeUndefined()
    expect(errors.map((error) => error.column)).toEqual([column])
  })

  it('of another prefecture is left out and only counted, as the file covers the country', () => {
    const parsed = file(
      {},
      { ID: '1', 都道府県コード: '1', 市区町村コード: '101' },
      { ID: '2', 都道府県コード: '45' },
    )
    expect(parsed.hospitals).toHaveLength(1)
    expect(parsed.errors).toEqual([])
    expect(parsed.warnings.map(({ message }) => message)).toEqual(['ほかの都道府県の2件は取り込みません。'])
  })

  it('is refused with its file where a column is missing', () => {
    const parsed = parseHospitalFile(readTable(Buffer.from('ID,正式名称\n1,病院\n')), {
      prefectureCode: '46',
      geography,
    })
    expect(parsed).toEqual({ ok: false, message: expect.stringContaining('「市区町村コード」') })
  })
})
