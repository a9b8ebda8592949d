import { LIMITS } from '../../domain/answer/questions.ts'
import { type Filing, filingName } from '../../domain/master/filings.ts'
import { type Hospital, NOTHING_FURTHER } from '../../domain/master/hospital.ts'
import { findMunicipality, municipalityIn } from '../../domain/master/region.ts'
import { prefectureOf } from '../../domain/survey/prefecture.ts'
import { dayText } from '../../domain/text/dates.ts'
import { grouped } from '../../domain/text/grouped.ts'
import { normaliseText } from '../../domain/text/text.ts'
import { readDay } from '../../domain/text/typed-dates.ts'
import type { FileRows } from '../table/file-rows.ts'
import { byRow, type RowIssue } from '../table/row-issue.ts'
import { cell, headerKey, type TableRecord } from '../table/table.ts'
import { SMALLEST_BAND as FEWEST_BEDS, warnBelowBands } from './beds.ts'
import { bedsOf } from './beds-text.ts'
import { BUREAU, bureauDay, bureauRecords, byPrefecture, institutionOf } from './bureau-rows.ts'
import { withoutRepeatedCodes } from './doubles.ts'
import { postcodeOf } from './further-columns.ts'
import { phoneOf } from './phone.ts'
import type { HospitalFileOptions, HospitalReading, ParsedHospital } from './reading.ts'
import { HospitalRow } from './row.ts'

/** 届出受理医療機関名簿 (施設基準の届出受理状況, 医科) as every 厚生局 publishes it: many rows a hospital, clinics too. */

type BureauReading = ({ ok: true; asOf: string | null } & HospitalReading) | { ok: false; message: string }

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
  const { prefectureCode, prefecture = prefectureOf('') } = options
  const asOf = bureauDay(rows.slice(0, header))
  const records = bureauRecords(rows, header)
  const { own, foreign } = byPrefecture(records, prefectureCode)
  const medical = own.filter((record) => !OTHER_TABLES.test(cell(record, BUREAU.table)))
  if (own.length === 0) return { ok: false, message: otherPrefecture(foreign, prefecture.name) }
  if (medical.length === 0) return { ok: false, message: otherTable(cell(own[0]!, BUREAU.table).trim()) }
  const institutions = [...Map.groupBy(medical, (record) => institutionOf(record)).values()]
  const isHospital = (filings: readonly TableRecord[]) =>
    bedsTexts(filings).some((text) => bedsOf(text).beds >= FEWEST_BEDS)
  const hospitals = institutions.filter(isHospital)
  if (hospitals.length === 0) return { ok: false, message: ONLY_CLINICS }
  const read = hospitals.map((filings) => hospitalOf(filings, options))
  const parsed = read.flatMap(({ parsed }) => (parsed ? [parsed] : []))
  const unique = withoutRepeatedCodes(parsed)
  const line = header + 1
  const warnings: RowIssue[] = [
    { row: line, column: BUREAU.beds, message: leftOut(institutions.length - hospitals.length) },
    ...(foreign.length > 0
      ? [{ row: line, column: BUREAU.prefecture, message: foreignRows(foreign.length) }]
      : []),
    ...(asOf === null ? [{ row: 1, message: NO_DAY }] : []),
    ...olderThanKnown(asOf, options.knownAsOf ?? null),
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

interface ReadInstitution {
  row: HospitalRow
  parsed: ParsedHospital | null
}

function hospitalOf(filings: readonly TableRecord[], options: HospitalFileOptions): ReadInstitution {
  const [first] = filings
  const named = first!
  const cells = named.cells.with(named.places.get(headerKey(BUREAU.number))!, institutionOf(named))
  const row = new HospitalRow({ ...named, cells }, BUREAU.name)
  const medicalCode = row.medicalCode(BUREAU.number, options.prefectureCode)
  if (medicalCode === null && row.errors.length === 0) row.refuse(BUREAU.number, '空欄です。')
  const name = row.name(BUREAU.name, LIMITS.hospitalName)
  if (!name) row.refuse(BUREAU.name, '空欄です。')
  const address = row.name(BUREAU.address)
  const where = whereOf(row, address, options)
  const rest = {
    address,
    postcode: postcodeOf(row, BUREAU.postcode),
    phone: phoneOf(row, '電話番号'),
    fax: phoneOf(row, 'FAX番号'),
    ...bedsIn(row, filings, options.smallestBand ?? FEWEST_BEDS),
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
    BUREAU.address,
    `「${address ?? ''}」から${prefecture.within}の市町村が分からないため、二次医療圏を補えません。所在地を「○○市…」または「○○郡○○町…」に修正してください。`,
  )
  return null
}

function bedsIn(
  row: HospitalRow,
  filings: readonly TableRecord[],
  smallestBand: number,
): Pick<Hospital, 'beds' | 'bedsByType'> {
  const texts = bedsTexts(filings)
  const [most] = texts.map(bedsOf).sort((a, b) => b.beds - a.beds)
  if (texts.length > 1)
    row.warn(
      BUREAU.beds,
      `行によって異なります（${texts.slice(0, 3).join('、')}）。最も多い${most!.beds}床を採用しました。`,
    )
  const { beds, bedsByType, unread } = most!
  if (unread.length > 0)
    row.warn(
      BUREAU.beds,
      `「${unread.join('、')}」は病床種別として読めません。合計の${beds}床だけを取り込みます。`,
    )
  warnBelowBands(row, BUREAU.beds, beds, smallestBand)
  return { beds, bedsByType }
}

/** Of an institution's rows, each once. */
function bedsTexts(filings: readonly TableRecord[]): string[] {
  const texts = new Set(filings.map((record) => cell(record, BUREAU.beds)))
  return [...texts].map(normaliseText).filter((text) => text !== '')
}

/** One a name, with the last day; in the order of the file. */
function filingsIn(records: readonly TableRecord[]): Filing[] {
  const days = new Map<string, string | null>()
  for (const record of records) {
    const name = filingName(normaliseText(cell(record, BUREAU.filing)))
    if (name === '') continue
    const day = readDay(cell(record, BUREAU.filingDay))
    const known = days.get(name) ?? null
    days.set(name, day.ok && (known === null || day.day > known) ? day.day : known)
  }
  return [...days].map(([name, from]) => ({ name, from }))
}

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

const ONLY_CLINICS = `届出受理医療機関名簿のようですが、病床が${FEWEST_BEDS}床以上の医療機関がありません。診療所だけの名簿ではなく、病院を含む「医科」の名簿を選択してください。`

function olderThanKnown(asOf: string | null, known: string | null): RowIssue[] {
  if (asOf === null || known === null || asOf >= known) return []
  const message = `${dayText(asOf)}現在の名簿です。病院台帳には${dayText(known)}の内容があります。古い名簿で新しい内容を置き換えないか、確認してください。`
  return [{ row: 1, message }]
}

function leftOut(count: number): string {
  return `病床が${FEWEST_BEDS}床未満の医療機関（診療所など）${grouped(count)}件は取り込みません。`
}

function foreignRows(count: number): string {
  return `ほかの都道府県の${grouped(count)}行は取り込みません。`
}
