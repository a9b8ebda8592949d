import { LIMITS } from '../../domain/answer/questions.ts'
import { type Filing, filingName } from '../../domain/master/filings.ts'
import { type Hospital, NOTHING_FURTHER } from '../../domain/master/hospital.ts'
import { findMunicipality, municipalityIn } from '../../domain/master/region.ts'
import { prefectureOf } from '../../domain/survey/prefecture.ts'
import { normaliseDigits, normaliseText } from '../../domain/text/text.ts'
import { readDay } from '../../domain/text/typed-dates.ts'
import type { FileRows } from '../table/file-rows.ts'
import { byRow, type RowIssue } from '../table/row-issue.ts'
import { cell, headerKey, type TableRecord } from '../table/table.ts'
import { SMALLEST_BAND } from './beds.ts'
import { bedsOf } from './beds-text.ts'
import { withoutRepeatedCodes } from './doubles.ts'
import { postcodeOf } from './further-columns.ts'
import { phoneOf } from './phone.ts'
import type { HospitalFileOptions, HospitalReading, ParsedHospital } from './reading.ts'
import { HospitalRow } from './row.ts'

/** 届出受理医療機関名簿 (施設基準の届出受理状況, 医科) as every 厚生局 publishes it: many rows a hospital, clinics too. */

const NUMBER = '医療機関番号'
const NAME = '医療機関名称'
const ADDRESS = '医療機関所在地（住所）'
const POSTCODE = '医療機関所在地（郵便番号）'
const BEDS = '病床数'
const FILING = '受理届出名称'
const FILING_DAY = '算定開始年月日'
const PREFECTURE = '都道府県コード'
const TABLE = '区分'
/** By these its header is found, wherever it stands. */
const TELLING = [NUMBER, NAME, FILING, BEDS].map(headerKey)
/** A title and a day stand before it. */
const MOST_ROWS_BEFORE = 30

/** @returns the place of the header among the rows; -1 where it is another file */
export function bureauHeader(rows: readonly string[][]): number {
  return rows.slice(0, MOST_ROWS_BEFORE).findIndex((cells) => {
    const keys = new Set(cells.map(headerKey))
    return TELLING.every((key) => keys.has(key))
  })
}

export type BureauReading =
  | ({ ok: true; asOf: string | null } & HospitalReading)
  | { ok: false; message: string }

const FIELDS: readonly (keyof Hospital)[] = [
  'key',
  'medicalCode',
  'name',
  'region',
  'municipality',
  'address',
  'postcode',
  'phone',
  'fax',
  'beds',
  'bedsByType',
  'filings',
]

/** @param header where its header stands: see `bureauHeader` */
export function readBureauList(
  { rows }: Pick<FileRows, 'rows'>,
  header: number,
  options: HospitalFileOptions,
): BureauReading {
  const { prefectureCode, prefecture = prefectureOf(''), smallestBand = SMALLEST_BAND } = options
  const asOf = dayOf(rows.slice(0, header))
  const records = recordsOf(rows, header)
  const { own, foreign } = ofPrefecture(records, prefectureCode)
  const medical = own.filter((record) => !OTHER_TABLES.test(cell(record, TABLE)))
  if (own.length === 0) return { ok: false, message: otherPrefecture(foreign, prefecture.name) }
  if (medical.length === 0) return { ok: false, message: otherTable(cell(own[0]!, TABLE).trim()) }
  const institutions = [...Map.groupBy(medical, (record) => numberOf(record)).values()]
  const isHospital = (filings: readonly TableRecord[]) =>
    filings.some((record) => bedsOf(cell(record, BEDS)).beds >= smallestBand)
  const hospitals = institutions.filter(isHospital)
  if (hospitals.length === 0) return { ok: false, message: onlyClinics(smallestBand) }
  const read = hospitals.map((filings) => hospitalOf(filings, options))
  const parsed = read.flatMap(({ parsed }) => (parsed ? [parsed] : []))
  const unique = withoutRepeatedCodes(parsed)
  const line = header + 1
  const warnings: RowIssue[] = [
    { row: line, column: BEDS, message: leftOut(institutions.length - hospitals.length, smallestBand) },
    ...(foreign.length > 0 ? [{ row: line, column: PREFECTURE, message: foreignRows(foreign.length) }] : []),
    ...(asOf === null ? [{ row: 1, message: NO_DAY }] : []),
    ...read.flatMap(({ row }) => row.warnings),
  ]
  const errors = [...read.flatMap(({ row }) => row.errors), ...unique.errors]
  return {
    ok: true,
    asOf,
    fields: FIELDS,
    hospitals: unique.hospitals,
    warnings: warnings.sort(byRow),
    errors: errors.sort(byRow),
  }
}

const OTHER_TABLES = /歯科|薬局/u
const NO_DAY = '「令和7年10月1日 現在」のような日付が見出しより上にないため、いつ時点の名簿か分かりません。'

/** The rows under the header. Pages may repeat it; where an institution's number is left out it is the one above. */
function recordsOf(rows: readonly string[][], header: number): TableRecord[] {
  const places = new Map<string, number>()
  for (const [place, text] of rows[header]!.entries()) {
    const key = headerKey(text)
    if (!places.has(key)) places.set(key, place)
  }
  const place = places.get(headerKey(NUMBER))!
  const name = places.get(headerKey(NAME))!
  const records: TableRecord[] = []
  for (let at = header + 1; at < rows.length; at += 1) {
    const cells = rows[at]!
    const isHeader = headerKey(cells[place] ?? '') === headerKey(NUMBER)
    if (isHeader || cells.every((text) => text.trim() === '')) continue
    const isContinued = (cells[place] ?? '').trim() === '' && (cells[name] ?? '').trim() === ''
    const above = records.at(-1)
    const own = isContinued && above ? cells.with(place, above.cells[place]!) : cells
    records.push({ row: at + 1, cells: own, places })
  }
  return records
}

function ofPrefecture(records: readonly TableRecord[], prefectureCode: string) {
  const own: TableRecord[] = []
  const foreign: TableRecord[] = []
  for (const record of records) {
    const code = normaliseDigits(cell(record, PREFECTURE)).trim()
    const isOwn = code === '' || code.padStart(2, '0') === prefectureCode
    ;(isOwn ? own : foreign).push(record)
  }
  return { own, foreign }
}

/** As written once: with its zeros, without what some bureaus put between. */
function numberOf(record: TableRecord): string {
  const digits = normaliseDigits(cell(record, NUMBER)).replace(/[\s,，.・-]/gu, '')
  return /^\d{1,6}$/.test(digits) ? digits.padStart(7, '0') : digits
}

interface ReadInstitution {
  row: HospitalRow
  parsed: ParsedHospital | null
}

function hospitalOf(filings: readonly TableRecord[], options: HospitalFileOptions): ReadInstitution {
  const [first] = filings
  const named = first!
  const cells = named.cells.with(named.places.get(headerKey(NUMBER))!, numberOf(named))
  const row = new HospitalRow({ ...named, cells }, NAME)
  const medicalCode = row.medicalCode(NUMBER, options.prefectureCode)
  if (medicalCode === null && row.errors.length === 0) row.refuse(NUMBER, '空欄です。')
  const name = row.name(NAME, LIMITS.hospitalName)
  if (!name) row.refuse(NAME, '空欄です。')
  const address = row.name(ADDRESS)
  const where = whereOf(row, address, options)
  const rest = {
    address,
    postcode: postcodeOf(row, POSTCODE),
    phone: phoneOf(row, '電話番号'),
    fax: phoneOf(row, 'FAX番号'),
    ...bedsIn(row, filings),
    filings: filingsIn(filings),
  }
  if (!medicalCode || !name || !where || row.errors.length > 0) return { row, parsed: null }
  const hospital: Hospital = {
    ...NOTHING_FURTHER,
    key: medicalCode,
    medicalCode,
    naviiCode: null,
    name,
    kana: null,
    ...where,
    email: null,
    functions: [],
    inspection: 'unknown',
    ...rest,
  }
  const blank = BLANKABLE.filter((field) => hospital[field] === null)
  const open = { blank: new Set(blank), cut: new Set<never>(), absent: new Set<never>() }
  return { row, parsed: { row: named.row, hospital, open } }
}

const BLANKABLE = ['address', 'postcode', 'phone', 'fax'] as const

function whereOf(
  row: HospitalRow,
  address: string | null,
  { geography: { municipalities }, prefecture = prefectureOf('') }: HospitalFileOptions,
): Pick<Hospital, 'region' | 'municipality'> | null {
  const written = row.text('市町村名')
  const known =
    (written && findMunicipality(municipalities, { name: written })) ||
    municipalityIn(municipalities, address ?? '')
  if (known) return { region: known.region, municipality: known.name }
  row.refuse(
    ADDRESS,
    `「${address ?? ''}」から${prefecture.within}の市町村が分からないため、二次医療圏を補えません。所在地を「○○市…」または「○○郡○○町…」に修正してください。`,
  )
  return null
}

function bedsIn(row: HospitalRow, filings: readonly TableRecord[]): Pick<Hospital, 'beds' | 'bedsByType'> {
  const texts = new Set(
    filings.map((record) => normaliseText(cell(record, BEDS))).filter((text) => text !== ''),
  )
  const [most] = [...texts].map(bedsOf).sort((a, b) => b.beds - a.beds)
  if (texts.size > 1)
    row.warn(
      BEDS,
      `行によって異なります（${[...texts].slice(0, 3).join('、')}）。最も多い${most!.beds}床を採用しました。`,
    )
  const { beds, bedsByType, unread } = most!
  if (unread.length > 0)
    row.warn(BEDS, `「${unread.join('、')}」は病床種別として読めません。合計の${beds}床だけを取り込みます。`)
  return { beds, bedsByType }
}

/** One a name, with the last day; in the order of the file. */
function filingsIn(records: readonly TableRecord[]): Filing[] {
  const days = new Map<string, string | null>()
  for (const record of records) {
    const name = filingName(normaliseText(cell(record, FILING)))
    if (name === '') continue
    const day = readDay(cell(record, FILING_DAY))
    const known = days.get(name) ?? null
    days.set(name, day.ok && (known === null || day.day > known) ? day.day : known)
  }
  return [...days].map(([name, from]) => ({ name, from }))
}

/** [令和７年１０月１日 現在 ]: of which day the list is. */
function dayOf(rows: readonly string[][]): string | null {
  for (const text of rows.flat()) {
    const [, written = ''] =
      /([^[［【（(]{4,30}?)\s*現在/u.exec(normaliseDigits(text.slice(0, LONGEST_TITLE))) ?? []
    const day = readDay(written.trim())
    if (day.ok) return day.day
  }
  return null
}

const LONGEST_TITLE = 200

function otherPrefecture(foreign: readonly TableRecord[], own: string): string {
  const names = [...new Set(foreign.map((record) => cell(record, '都道府県名').trim()))].filter(
    (name) => name !== '',
  )
  const whose = names.length > 0 && names.length <= 3 ? names.join('、') : 'ほかの都道府県'
  return `${whose}の届出受理医療機関名簿です。${own || '対象の都道府県'}の名簿を選択してください。`
}

function otherTable(table: string): string {
  return `「${table}」の届出受理医療機関名簿です。「医科」の名簿を選択してください。`
}

function onlyClinics(smallestBand: number): string {
  return `届出受理医療機関名簿のようですが、病床が${smallestBand}床以上の医療機関がありません。診療所だけの名簿ではなく、病院を含む「医科」の名簿を選択してください。`
}

function leftOut(count: number, smallestBand: number): string {
  return `病床が${smallestBand}床未満の医療機関（診療所など）${count.toLocaleString('ja-JP')}件は取り込みません。`
}

function foreignRows(count: number): string {
  return `ほかの都道府県の${count.toLocaleString('ja-JP')}行は取り込みません。`
}
