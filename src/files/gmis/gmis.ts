import { Sealed } from '../../domain/answer/sealed.ts'
import { isPlausibleMedicalCode } from '../../domain/master/code.ts'
import { DEFAULT_GMIS_MAPPING, type GmisMapping } from '../../domain/survey/gmis-mapping.ts'
import { normaliseWidth } from '../../domain/text/text.ts'
import { HospitalRow } from '../hospitals/row.ts'
import type { TextEncoding } from '../table/encoding.ts'
import type { RowsReading } from '../table/file-rows.ts'
import { knownFile, knownFileText } from '../table/known-file.ts'
import { byRow, firstIssues, type RowIssue } from '../table/row-issue.ts'
import { hasColumn, type Table } from '../table/table.ts'
import { inThread } from '../thread/in-thread.ts'
import { readRows } from '../xlsx/csv-or-xlsx.ts'
import {
  type AnswerColumn,
  answerCell,
  answerColumns,
  GMIS_ID,
  hasCodes,
  headed,
  isGmisSheet,
  MEDICAL_CODE,
  NAME,
  NAVII_CODE,
} from './columns.ts'
import { findQuestions } from './questions.ts'

interface ReadRow {
  row: number
  /** As the file has it; '' where it has none. */
  name: string
  medicalCode: string | null
  naviiCode: string | null
  gmisId: string | null
}

export interface GmisRow extends ReadRow {
  /** In the order of the columns: nobody reads them without the hospital's consent. */
  answers: Sealed<readonly string[]>
}

export type GmisFile = ReadFile<GmisRow>

/** As it leaves the thread that read it: a seal would not come through. */
type UnsealedRow = ReadRow & { cells: readonly string[] }

type ReadFile<Row> =
  | {
      ok: true
      encoding: TextEncoding
      headerRow: number
      /** Every column that may hold an answer. */
      columns: string[]
      rows: Row[]
      /** Rows of hospitals of other prefectures: an export may cover the country. */
      elsewhere: number
      warnings: RowIssue[]
      errors: RowIssue[]
    }
  /** Why the file as a whole cannot be read, in Japanese. */
  | { ok: false; message: string }

interface GmisFileOptions {
  prefectureCode: string
  mapping?: GmisMapping
}

/**
 * A GMIS export, CSV or workbook; never throws, whatever the bytes.
 * @returns with the sheet that was read, '' for a CSV
 */
export async function readGmisFile(
  bytes: Uint8Array,
  options: GmisFileOptions,
): Promise<GmisFile & { sheet: string }> {
  const read = await inThread<ReturnType<typeof gmisFileOf>>('gmis', { bytes, options })
  return read.ok ? { ...sealedFile(read.value), sheet: read.value.sheet } : { ...read, sheet: '' }
}

/** The same within the thread that does nothing else: its answers are sealed as soon as they are out of it. */
export function gmisFileOf(
  bytes: Uint8Array,
  options: GmisFileOptions,
): ReadFile<UnsealedRow> & { sheet: string } {
  // A sheet with the questions comes before one that has only the codes in it.
  const isMapped = (rows: string[][]) => hasQuestions(rows, options.mapping)
  const first = readRows(bytes, isMapped)
  const read = first.ok && !isMapped(first.rows) ? readRows(bytes, isGmisSheet) : first
  const file = parseGmisFile(read, options)
  const sheet = read.ok ? read.sheet : ''
  if (!file.ok) return { ...file, sheet }
  return { ...file, warnings: firstIssues(file.warnings), errors: firstIssues(file.errors), sheet }
}

function hasQuestions(rows: string[][], mapping = DEFAULT_GMIS_MAPPING): boolean {
  const found = headed({ rows, encoding: 'utf-8', sheet: '' })
  if (!found.ok || !hasCodes(found.table)) return false
  const labels = answerColumns(found.table).map(({ label }) => label)
  return Object.values(findQuestions(labels, mapping).columns).some((column) => column !== null)
}

function sealedFile(file: ReadFile<UnsealedRow>): GmisFile {
  if (!file.ok) return file
  const rows = file.rows.map(({ cells, ...row }) => ({ ...row, answers: new Sealed(cells) }))
  return { ...file, rows }
}

/**
 * By the columns that tell hospitals. A row with an error is not among the rows. Which column is which question is not
 * asked here, but for knowing that the file is another one altogether.
 */
function parseGmisFile(
  read: RowsReading,
  { prefectureCode, mapping = DEFAULT_GMIS_MAPPING }: GmisFileOptions,
): ReadFile<UnsealedRow> {
  if (!read.ok) return read
  const found = headed(read)
  if (!found.ok) return found
  const { table, headerRow, flaw } = found
  const columns = answerColumns(table)
  const labels = columns.map(({ label }) => label)
  const other = Object.values(findQuestions(labels, mapping).columns).every((column) => column === null)
    ? knownFile(read.rows)
    : null
  if (other && other.kind !== 'gmis') return { ok: false, message: `${knownFileText(other)}${WANTED}` }
  if (!hasCodes(table)) return { ok: false, message: flaw ?? NO_CODE }
  if (labels.length === 0) return { ok: false, message: NO_ANSWERS }
  const { rows, elsewhere, warnings, errors } = readAll(table, columns, prefectureCode)
  if (rows.length === 0 && errors.length === 0 && elsewhere > 0) return { ok: false, message: ELSEWHERE }
  return {
    ok: true,
    encoding: table.encoding,
    headerRow,
    columns: labels,
    rows,
    elsewhere,
    warnings: [...table.padded, ...warnings].sort(byRow),
    errors: [...table.ragged, ...errors].sort(byRow),
  }
}

const WANTED = 'GMISから出力したサイバーセキュリティ調査の回答のファイルを選択してください。'
const NO_CODE =
  '「医療機関コード」「機関コード」「G-MIS ID」のいずれの列もありません。病院を照合する列の見出しを確認してください。'
const ELSEWHERE =
  'ほかの都道府県の病院だけのファイルのようです。医療機関コードの先頭2桁（都道府県番号）を確認してください。'
const NO_ANSWERS = '設問の列がありません。病院を照合する列のほかに、設問ごとの回答の列が必要です。'

function readAll(table: Table, columns: readonly AnswerColumn[], prefectureCode: string) {
  const firstRow = new Map<string, number>()
  const rows: UnsealedRow[] = []
  const lines = table.records.map((record) => ({ record, row: new HospitalRow(record, NAME) }))
  const telling = [MEDICAL_CODE, NAVII_CODE, GMIS_ID].filter((column) => hasColumn(table, column))
  const foreign = new Set<HospitalRow>()
  for (const { record, row } of lines) {
    if (!row.isWithoutErrorValues(telling, () => true)) continue
    const codes = readCodes(row, prefectureCode, telling)
    if (!codes) continue
    const { code, column, ...known } = codes
    if (liesElsewhere(known.medicalCode, prefectureCode)) {
      foreign.add(row)
      continue
    }
    const earlier = firstRow.get(code)
    firstRow.set(code, earlier ?? row.number)
    if (earlier !== undefined) {
      row.refuse(column, `「${code}」は、${earlier}行目と重複しています。`)
      continue
    }
    const cells = columns.map((each) => answerCell(record, each))
    rows.push({ row: row.number, name: row.cell(NAME), ...known, cells })
  }
  return {
    rows,
    elsewhere: foreign.size,
    warnings: lines.flatMap(({ row }) => (foreign.has(row) ? [] : row.warnings)),
    errors: lines.flatMap(({ row }) => row.errors),
  }
}

/** By a 医療機関コード that is right in another prefecture. */
function liesElsewhere(medicalCode: string | null, prefectureCode: string): boolean {
  const prefecture = medicalCode?.slice(0, 2) ?? prefectureCode
  return (
    prefecture !== prefectureCode &&
    PREFECTURES.test(prefecture) &&
    isPlausibleMedicalCode(medicalCode!, prefecture)
  )
}

const PREFECTURES = /^(?:0[1-9]|[1-3]\d|4[0-7])$/

function readCodes(row: HospitalRow, prefectureCode: string, telling: readonly string[]) {
  const medicalCode = row.medicalCode(MEDICAL_CODE, prefectureCode)
  const naviiCode = row.opaqueCode(NAVII_CODE)
  const gmisId = normaliseWidth(row.cell(GMIS_ID)) || null
  if (row.errors.length > 0) return null
  const known = { medicalCode, naviiCode, gmisId }
  if (medicalCode) return { ...known, code: medicalCode, column: MEDICAL_CODE }
  if (naviiCode) return { ...known, code: naviiCode, column: NAVII_CODE }
  if (gmisId) return { ...known, code: gmisId, column: GMIS_ID }
  row.refuse(telling[0]!, `${telling.join('、')}が空欄です。`)
  return null
}
