import { LIMITS } from '../../domain/answer/questions.ts'
import { BED_TYPES, type Hospital, NOTHING_FURTHER } from '../../domain/master/hospital.ts'
import type { CellField } from '../../domain/master/open-cells.ts'
import { findMunicipality } from '../../domain/master/region.ts'
import { prefectureOf } from '../../domain/survey/prefecture.ts'
import { normaliseDigits, normaliseKana } from '../../domain/text/text.ts'
import { isErrorValue } from '../table/error-value.ts'
import { cell, type TableRecord } from '../table/table.ts'
import { SMALLEST_BAND, sumOf, warnBelowBands } from './beds.ts'
import type { HospitalFileOptions } from './reading.ts'
import type { HospitalRow } from './row.ts'

export const NAVII_NAME_COLUMN = '正式名称'

/** The columns that are read, of the 65 of the open data's 施設票 (病院). Coordinates are not: some are 0.0. */
export const NAVII_REQUIRED: readonly (readonly string[])[] = [
  'ID',
  NAVII_NAME_COLUMN,
  '正式名称（フリガナ）',
  '機関区分',
  '都道府県コード',
  '市区町村コード',
  '所在地',
  '一般病床',
  '療養病床',
  '精神病床',
  '結核病床',
  '感染症病床',
  '合計病床数',
].map((column) => [column])

/** What the open data know. No 医療機関コード, phone, mail, functions or inspection. */
export const NAVII_FIELDS: readonly (keyof Hospital)[] = [
  'key',
  'naviiCode',
  'name',
  'kana',
  'region',
  'municipality',
  'address',
  'beds',
  'bedsByType',
]

/** What a blank cell of it leaves open. */
export const NAVII_CELLS: readonly { header: string; cell: CellField }[] = [
  { header: '正式名称（フリガナ）', cell: 'kana' },
  { header: '所在地', cell: 'address' },
  { header: '合計病床数', cell: 'beds' },
  ...BED_TYPES.map(({ id, label }) => ({ header: label, cell: id })),
]

/** The file covers the country; a row without a prefecture is taken for one's own. */
export function liesElsewhere(record: TableRecord, prefectureCode: string): boolean {
  const code = normaliseDigits(cell(record, '都道府県コード').trim())
  return code !== '' && !isErrorValue(code) && code.padStart(2, '0') !== prefectureCode
}

/** One row of 医療情報ネット's 施設票. Null when it has errors; they stand in `row.errors`. */
export function readNaviiRow(row: HospitalRow, options: HospitalFileOptions): Hospital | null {
  const code = row.opaqueCode('ID')
  if (!code && row.errors.length === 0) row.refuse('ID', '空欄です。')
  const name = row.name(NAVII_NAME_COLUMN, LIMITS.hospitalName)
  if (!name) row.refuse(NAVII_NAME_COLUMN, '空欄です。')
  const kind = row.text('機関区分')
  if (kind !== '1') row.warn('機関区分', `「1」（病院）ではありません（値：${kind ?? '空欄'}）。`)
  const municipality = readMunicipality(row, options)
  const kana = row.name('正式名称（フリガナ）')
  const address = row.name('所在地')
  const beds = readBeds(row, options.smallestBand ?? SMALLEST_BAND)
  if (!code || !name || !municipality || row.errors.length > 0) return null
  return {
    key: code,
    medicalCode: null,
    naviiCode: code,
    name,
    kana: kana && normaliseKana(kana),
    region: municipality.region,
    municipality: municipality.name,
    address,
    phone: null,
    email: null,
    ...beds,
    functions: [],
    inspection: 'unknown',
    ...NOTHING_FURTHER,
  }
}

function readMunicipality(
  row: HospitalRow,
  { geography, prefecture = prefectureOf('') }: HospitalFileOptions,
) {
  const code = row.text('市区町村コード') ?? ''
  const municipality = findMunicipality(geography.municipalities, { code })
  if (!municipality)
    row.refuse(
      '市区町村コード',
      `「${code}」は${prefecture.within}の市区町村コードの一覧にないため、二次医療圏が分かりません。`,
    )
  return municipality
}

/** 療養病床のうち… are parts of 療養病床. The file's total is often 0 or wrong: it counts only where the types are blank. */
function readBeds(row: HospitalRow, smallestBand: number): Pick<Hospital, 'beds' | 'bedsByType'> {
  const errors = row.errors.length
  const bedsByType = row.bedsByType()
  const total = row.beds('合計病床数')
  const beds = bedsByType ? sumOf(bedsByType) : (total ?? 0)
  if (row.errors.length > errors) return { beds, bedsByType }
  if (bedsByType && total !== beds)
    row.warn(
      '合計病床数',
      `${total === null ? '空欄です' : `${total}床とあります`}が、病床種別の合計${beds}床を採用しました。`,
    )
  if (!bedsByType && total)
    row.warn('合計病床数', `病床種別が空欄のため、合計病床数の${total}床を採用しました。`)
  warnBelowBands(row, '合計病床数', beds, smallestBand)
  return { beds, bedsByType }
}
