import type { Stores } from '../../db/stores.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { type Band, bandIndexOf, bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import { foldName } from '../../domain/text/folding.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import type { HospitalFileOptions } from '../../files/hospitals/reading.ts'
import {
  type FieldIssue,
  readTypedHospital,
  TYPED_COLUMNS,
  type TypedCells,
} from '../../files/hospitals/typed.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Site } from '../../web/site.ts'

/** What was typed, by field; of 医療機能 the labels of the ticked boxes. */
export function typedHospital(body: unknown): TypedCells {
  const fields = fieldsOf(body)
  return Object.fromEntries(
    TYPED_COLUMNS.map(({ cell }) => [
      cell,
      cell === 'functions' ? fields.all(cell).join(';') : fields.get(cell),
    ]),
  )
}

interface ParsedHospital {
  /** Null where something has to be mended. */
  hospital: Hospital | null
  errors: FieldIssue[]
  /** To be looked at before it is stored. */
  warnings: FieldIssue[]
  /** Hospitals of the master that have a code of it already. */
  taken: Hospital[]
}

/**
 * @param before as the master has it; null for a new one
 * @param shown what the form showed
 */
export function parseHospital(
  stores: Stores,
  site: Site,
  typed: TypedCells,
  { before, shown }: { before: Hospital | null; shown: TypedCells },
): ParsedHospital {
  const { bands } = stores.policies.current().policy
  const read = readTypedHospital(typed, shown, fileOptions(site, bands))
  // What went into another hospital is known by that one, but for its key: nobody else may get that.
  const others = stores.hospitals
    .all()
    .filter(({ key, mergedInto }) => key !== before?.key && (mergedInto === null || before === null))
  const taken = read.hospital ? takenCodes(others, read.hospital) : []
  const errors = [...read.errors, ...taken.map(({ field, message }) => ({ field, message }))]
  const hospital = read.hospital && { ...read.hospital, ...keptOf(before) }
  return {
    hospital: errors.length > 0 ? null : hospital,
    errors,
    warnings: [
      ...read.warnings,
      ...(hospital ? [...bandWarnings(before, hospital, bands), ...twins(before, hospital, others)] : []),
    ],
    taken: [...new Set(taken.map(({ hospital }) => hospital))],
  }
}

/** What no form asks for. */
function keptOf(before: Hospital | null): Partial<Hospital> {
  if (!before) return {}
  const { key, filings, isClosed, mergedInto } = before
  return { key, filings, isClosed, mergedInto }
}

function fileOptions(site: Site, bands: readonly Band[]): HospitalFileOptions {
  return {
    prefectureCode: site.prefectureCode,
    prefecture: site.place,
    geography: shippedGeography(site.prefectureCode),
    smallestBand: bands[0]?.min ?? 0,
  }
}

interface Taken extends FieldIssue {
  hospital: Hospital
}

const CODES = [
  { field: 'medicalCode', label: '医療機関コード' },
  { field: 'naviiCode', label: '機関コード' },
  { field: 'gmisId', label: 'G-MIS ID' },
] as const

function takenCodes(others: readonly Hospital[], hospital: Hospital): Taken[] {
  return CODES.flatMap(({ field, label }): Taken[] => {
    const code = hospital[field]
    const other = others.find((each) => code !== null && codesOf(each, field).includes(code))
    if (!other) return []
    const where = other.municipality ? `（${other.municipality}）` : ''
    return [
      {
        field,
        hospital: other,
        message: `この${label}は、「${other.name}${where}」に登録されています。${label}を確認してください。同じ病院である場合は、2つの病院を統合してください。`,
      },
    ]
  })
}

function codesOf(hospital: Hospital, field: (typeof CODES)[number]['field']): (string | null)[] {
  return field === 'gmisId' ? [hospital.gmisId] : [hospital[field], hospital.key]
}

function bandWarnings(before: Hospital | null, after: Hospital, bands: readonly Band[]): FieldIssue[] {
  if (!before) return []
  const [from, to] = [before, after].map(({ beds }) => bands[bandIndexOf(bands, beds)])
  if (from === to) return []
  const labelOf = (band: Band | undefined) => (band ? bandLabel(band) : NO_BAND.label)
  return [
    {
      field: 'beds',
      message: `病床規模区分が「${labelOf(from)}」から「${labelOf(to)}」に変わります。選定案の判定が変わることがあります。`,
    },
  ]
}

function twins(before: Hospital | null, after: Hospital, others: readonly Hospital[]): FieldIssue[] {
  const nameOf = (hospital: Hospital) => foldName(`${hospital.name}\n${hospital.municipality ?? ''}`)
  if (before && nameOf(before) === nameOf(after)) return []
  const twin = others.find((other) => other.mergedInto === null && nameOf(other) === nameOf(after))
  if (!twin) return []
  const message = `同じ市町村に、同じ名称の病院「${twin.name}」が登録されています。別の病院か確認してください。`
  return [{ field: 'name', message }]
}

/** What a form has shown of a hospital, so that nobody writes over what somebody else has changed since. */
export function hospitalStamp(hospital: Hospital): string {
  return sha256Hex(canonicalJson(hospital)).slice(0, 16)
}

/** The same of what an officer was warned of: other warnings are to be looked at anew. */
export function warningStamp(warnings: readonly FieldIssue[]): string {
  return warnings.length === 0 ? '' : sha256Hex(JSON.stringify(warnings)).slice(0, 16)
}
