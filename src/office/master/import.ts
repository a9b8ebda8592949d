import type { HospitalImport } from '../../db/hospital-changes.ts'
import type { Foreseen, HospitalList } from '../../db/hospital-imports.ts'
import type { Stores } from '../../db/stores.ts'
import { latestFiling } from '../../domain/master/filings.ts'
import type { BlankRule } from '../../domain/master/open-cells.ts'
import type { Source } from '../../domain/master/source.ts'
import { prefectureOf } from '../../domain/survey/prefecture.ts'
import { dayText, isoDayText } from '../../domain/text/dates.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { blankCellLines } from '../../files/hospitals/blank-cells.ts'
import { readHospitalFile } from '../../files/hospitals/file.ts'
import type { HospitalFormat } from '../../files/hospitals/formats.ts'
import { withKnownTexts } from '../../files/hospitals/lost-texts.ts'
import type { HospitalFileOptions, ParsedHospital } from '../../files/hospitals/reading.ts'
import type { RowIssue } from '../../files/table/row-issue.ts'

/** A master file as it was read: all that an import needs of it. */
export interface MasterFile {
  name: string
  /** Which sheet of a workbook; '' of a CSV. */
  sheet: string
  source: Source
  /** As of which it speaks, yyyy-mm-dd. */
  day: string
  /** Who says so: the file itself, its name, or nobody, so that it is today. */
  dayFrom: 'file' | 'name' | 'today'
  isCp932: boolean
  fields: HospitalList['fields']
  hospitals: readonly ParsedHospital[]
  warnings: readonly RowIssue[]
  errors: readonly RowIssue[]
}

type MasterFileReading = { ok: true; file: MasterFile } | { ok: false; sheet: string; message: string }

/** What taking a file in would do, with everything that an officer should know before. */
export interface ForeseenImport {
  would: Foreseen
  warnings: RowIssue[]
  errors: RowIssue[]
  /** What becomes of blank cells, by column. */
  blanks: { column: string; message: string }[]
  /** Some blank cells leave what is known, and could clear it instead. */
  mayClear: boolean
}

/** Whether the program knows where the municipalities of the prefecture lie: without, no list can be read. */
export function hasGeography(stores: Stores): boolean {
  return shippedGeography(stores.settings.read().prefectureCode).regions.length > 0
}

/** Reads a file in any of the formats; nothing is stored. */
export async function readMasterFile(
  stores: Stores,
  name: string,
  bytes: Uint8Array,
  now: Date,
): Promise<MasterFileReading> {
  const reading = await readHospitalFile(bytes, readingOptions(stores))
  if (!reading.ok) return reading
  const { sheet, encoding, format, asOf, fields, hospitals, warnings, errors } = reading
  return {
    ok: true,
    file: {
      name,
      sheet,
      source: SOURCE_OF[format],
      ...dayOf(SOURCE_OF[format] === 'sheet' ? '' : name, asOf, now),
      isCp932: encoding === 'cp932',
      fields,
      hospitals,
      warnings,
      errors,
    },
  }
}

export function foreseeImport(stores: Stores, file: MasterFile, blank: BlankRule): ForeseenImport {
  const would = stores.hospitals.foresee(listOf(file, blank))
  return {
    would,
    warnings: [...olderThanKnown(stores, file), ...withKnownTexts(file, would.lost)],
    errors: [...file.errors, ...would.conflicts.map((name) => conflict(file, name))],
    blanks: blankCellLines(would.blanks),
    mayClear: would.blanks.some(({ kept }) => kept > 0),
  }
}

/** What is stored: the hospitals of the file, with where they come from. */
export function listOf(file: MasterFile, blank: BlankRule): HospitalList {
  const { hospitals, fields, isCp932, source, day } = file
  return {
    hospitals: hospitals.map(({ hospital }) => hospital),
    fields,
    open: new Map(hospitals.map(({ hospital, open }) => [hospital.key, open])),
    blank,
    isCp932,
    origin: { source, day },
  }
}

const SOURCE_OF: Record<HospitalFormat, Source> = {
  'hospital-sheet': 'sheet',
  navii: 'navii',
  bureau: 'bureau',
}

/** …_20250601.csv; without it a file speaks of the day on which it is taken in, as an officer's own sheet does. */
function dayOf(name: string, stated: string | null, now: Date): Pick<MasterFile, 'day' | 'dayFrom'> {
  const today = isoDayText(now)
  if (stated !== null) return { day: stated, dayFrom: 'file' }
  const [, year, month, day] =
    /(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(name) ?? []
  const named = `${year}-${month}-${day}`
  const isDay = year !== undefined && !Number.isNaN(Date.parse(named)) && named <= today
  return isDay ? { day: named, dayFrom: 'name' } : { day: today, dayFrom: 'today' }
}

/** A list of last year, after this year's: what it says is kept beside, and most of it counts no more. */
function olderThanKnown(stores: Stores, { source, day }: MasterFile): RowIssue[] {
  const later = latestOf(stores, source)
  // What the bureau's list is told by itself is told where it is read.
  if (source === 'bureau' || !later?.day || later.day <= day) return []
  const message = `このファイルは${dayText(day)}現在ですが、${dayText(later.day)}現在の同じ種類のファイル（${later.file}）を取り込み済みです。新しいファイルか確認してください。`
  return [{ row: 1, message }]
}

/** The import of the latest day from a source. */
function latestOf(stores: Stores, source: Source): HospitalImport | null {
  const own = stores.hospitalHistory.imports().filter((known) => known.source === source)
  const [latest = null] = own.toSorted((a, b) => ((a.day ?? '') < (b.day ?? '') ? 1 : -1))
  return latest
}

function conflict({ hospitals }: MasterFile, name: string): RowIssue {
  const row = hospitals.find(({ hospital }) => hospital.name === name)?.row ?? 1
  const message =
    '病院台帳の2つの病院に当てはまります。コードを確認してください。同じ病院が2つ登録されている場合は、先に1つに統合してください。'
  return { row, hospital: name, message }
}

function readingOptions(stores: Stores): HospitalFileOptions {
  const { prefectureCode, prefecture } = stores.settings.read()
  const [smallest] = stores.policies.current().policy.bands
  return {
    prefectureCode,
    prefecture: prefectureOf(prefecture),
    geography: shippedGeography(prefectureCode),
    smallestBand: smallest?.min ?? 0,
    knownAsOf: latestOf(stores, 'bureau')?.day ?? latestFiling(stores.hospitals.all()),
  }
}

/** A file that was read, as a text that says all of it. */
export function packed(file: MasterFile): string {
  return JSON.stringify(file, (_key, value: unknown) => (value instanceof Set ? [...value] : value))
}

export function unpacked(text: string): MasterFile {
  return JSON.parse(text, (key, value: unknown) =>
    OPEN.has(key) && Array.isArray(value) ? new Set(value) : value,
  )
}

/** Of what a row leaves open. */
const OPEN = new Set(['blank', 'cut', 'absent'])
