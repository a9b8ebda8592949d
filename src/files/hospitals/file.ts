import { grouped } from '../../domain/text/grouped.ts'
import type { TextEncoding } from '../table/encoding.ts'
import type { FileRows } from '../table/file-rows.ts'
import { byRow, firstIssues, type RowIssue } from '../table/row-issue.ts'
import {
  hasColumn,
  printedColumns,
  repeatedColumns,
  type Table,
  type TableReading,
  tableOf,
} from '../table/table.ts'
import { inThread } from '../thread/in-thread.ts'
import { readRows } from '../xlsx/csv-or-xlsx.ts'
import { readBureauList } from './bureau.ts'
import { bureauHeader } from './bureau-rows.ts'
import { sharedNames, withoutRepeatedCodes } from './doubles.ts'
import { FORMATS, type Format, type HospitalFormat } from './formats.ts'
import type { HospitalFileOptions, HospitalReading, ParsedHospital } from './reading.ts'
import { HospitalRow } from './row.ts'
import { hospitalSheetColumns } from './sheet-columns.ts'
import { understoodHeaders } from './understood-headers.ts'
import { otherPrefecture, WHAT_IS_READ, wrongFile } from './wrong-file.ts'

export type HospitalFile =
  | ({
      ok: true
      format: HospitalFormat
      encoding: TextEncoding
      /** Of which day the file says it is, `YYYY-MM-DD`; null where it does not. */
      asOf: string | null
    } & HospitalReading)
  /** Why the file as a whole cannot be read, in Japanese. */
  | { ok: false; message: string }

/**
 * A master file, CSV or workbook; never throws, whatever the bytes.
 * @returns with the sheet that was read, '' for a CSV
 */
export async function readHospitalFile(
  bytes: Uint8Array,
  options: HospitalFileOptions,
): Promise<HospitalFile & { sheet: string }> {
  const read = await inThread<HospitalFile & { sheet: string }>('hospitals', { bytes, options })
  return read.ok ? read.value : { ...read, sheet: '' }
}

/** The same within the thread that does nothing else. */
export function hospitalFileOf(
  bytes: Uint8Array,
  options: HospitalFileOptions,
): HospitalFile & { sheet: string } {
  const read = readRows(bytes, isHospitalSheet)
  if (!read.ok) return { ...read, sheet: '' }
  const file = fileOf(read, options)
  return { ...(file.ok ? withFirstIssues(file) : file), sheet: read.sheet }
}

function withFirstIssues<File extends Pick<HospitalReading, 'warnings' | 'errors'>>(file: File): File {
  return { ...file, warnings: firstIssues(file.warnings), errors: firstIssues(file.errors) }
}

function isHospitalSheet(rows: string[][]): boolean {
  if (bureauHeader(rows) >= 0) return true
  const read = tableOf({ rows, encoding: 'utf-8', sheet: '' })
  return read.ok && isHospitalTable(read.table)
}

function fileOf(file: FileRows, options: HospitalFileOptions): HospitalFile {
  const wrong = wrongFile(file.rows)
  if (wrong !== null) return { ok: false, message: wrong }
  const header = bureauHeader(file.rows)
  if (header < 0) return parseHospitalFile(tableOf(file), options)
  const reading = readBureauList(file, header, options)
  return reading.ok ? { format: 'bureau', encoding: file.encoding, ...reading } : reading
}

/** A sheet with a header that has to be asked about is the one that was meant. */
function isHospitalTable(table: Table): boolean {
  if (FORMATS.navii.fits(table)) return true
  const headers = understoodHeaders(table)
  return headers.flaw !== null || FORMATS.sheet.fits(headers.table)
}

/**
 * The prefecture's hospital sheet or the 施設票 of 医療情報ネット, told apart by the header.
 * A row with an error is not among the hospitals; issues are in order of the rows.
 */
export function parseHospitalFile(read: TableReading, options: HospitalFileOptions): HospitalFile {
  if (!read.ok) return read
  const navii = FORMATS.navii.fits(read.table)
  const headers = navii ? null : understoodHeaders(read.table)
  const table = headers?.table ?? read.table
  const format = navii ? FORMATS.navii : FORMATS.sheet
  if (headers?.flaw) return { ok: false, message: headers.flaw }
  if (!format.fits(table)) return { ok: false, message: UNKNOWN_HEADER }
  const flaw = headerFlaw(table, format) ?? strangers(table, options)
  if (flaw) return { ok: false, message: flaw }
  const reading = readRecords(table, format, options)
  const warnings = [...(headers?.warnings ?? []), ...reading.warnings].sort(byRow)
  return { ok: true, format: format.id, encoding: table.encoding, asOf: null, ...reading, warnings }
}

const UNKNOWN_HEADER = `見出しの行から形式を判別できません。見出しを1行目にした${WHAT_IS_READ}`

function strangers(table: Table, { prefectureCode, prefecture }: HospitalFileOptions): string | null {
  const own = { code: prefectureCode, name: prefecture?.name ?? '' }
  return otherPrefecture(table, '都道府県コード', own) ?? otherPrefecture(table, '医療機関コード', own)
}

function headerFlaw(table: Table, { required }: Format): string | null {
  const missing = required.filter((columns) => !columns.some((column) => hasColumn(table, column)))
  if (missing.length > 0) {
    return `必要な列がありません：${missing.map(columnNames).join('、')}`
  }
  const repeated = repeatedColumns(table, [
    ...required.flat(),
    ...hospitalSheetColumns.map(({ header }) => header),
  ])
  const names = [...new Set(repeated)].map((column) => `「${column}」`)
  return names.length > 0 ? `同じ見出しの列が複数あります：${names.join('、')}` : null
}

function readRecords(table: Table, format: Format, options: HospitalFileOptions): HospitalReading {
  const own = table.records.filter((record) => !format.isForeign(record, options.prefectureCode))
  const lines = own.map((record) => new HospitalRow(record, format.nameColumn))
  const columns = printedColumns(table)
  const parsed: ParsedHospital[] = lines.flatMap((row) => {
    if (!row.isWithoutErrorValues(columns, format.isRead)) return []
    const hospital = format.read(row, options)
    return hospital ? [{ row: row.number, hospital, open: format.open(row, table) }] : []
  })
  const { hospitals, errors } = withoutRepeatedCodes(parsed)
  const warnings = [
    ...foreignRows(table.records.length - own.length),
    ...table.padded,
    ...lines.flatMap((row) => row.warnings),
    ...sharedNames(hospitals),
  ]
  return {
    fields: format.fields(table),
    hospitals,
    warnings: warnings.sort(byRow),
    errors: [...table.ragged, ...lines.flatMap((row) => row.errors), ...errors].sort(byRow),
  }
}

function foreignRows(count: number): RowIssue[] {
  const message = `ほかの都道府県の${grouped(count)}件は取り込みません。`
  return count > 0 ? [{ row: 1, column: '都道府県コード', message }] : []
}

/** 「許可病床数」または「一般病床」など */
function columnNames(columns: readonly string[]): string {
  const names = columns.slice(0, 2).map((column) => `「${column}」`)
  return `${names.join('または')}${columns.length > 2 ? 'など' : ''}`
}
