import { HospitalRow } from '../hospitals/row.ts'
import { understoodCodes } from '../hospitals/understood-headers.ts'
import type { TextEncoding } from '../table/encoding.ts'
import { knownFileText } from '../table/known-file.ts'
import { byRow, firstIssues, type RowIssue } from '../table/row-issue.ts'
import { hasColumn, headerKey, printedColumns, type Table, type TableReading } from '../table/table.ts'
import { inThread } from '../thread/in-thread.ts'
import { readSheetTable } from '../xlsx/csv-or-xlsx.ts'
import { DEFAULT_GMIS_MAPPING, findQuestions, type GmisMapping, type QuestionColumns } from './questions.ts'

/** true はい, false いいえ, null anything else: unknown is neutral. */
type GmisFacts = Record<keyof GmisMapping, boolean | null>

interface GmisRow {
  row: number
  /** 医療機関コード, else 機関コード. */
  code: string
  medicalCode: string | null
  naviiCode: string | null
  facts: GmisFacts
  /** GMIS counts ordering systems as 電子カルテ: a yes beside 「導入していない」 here is to be flagged, not blocked. */
  emrClaimed: boolean | null
}

export type GmisFile =
  | { ok: true; encoding: TextEncoding; rows: GmisRow[]; warnings: RowIssue[]; errors: RowIssue[] }
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
  const read = await inThread<GmisFile & { sheet: string }>('gmis', { bytes, options })
  return read.ok ? read.value : { ...read, sheet: '' }
}

/** The same within the thread that does nothing else. */
export function gmisFileOf(bytes: Uint8Array, options: GmisFileOptions): GmisFile & { sheet: string } {
  const { sheet, read, known } = readSheetTable(bytes, (table) => {
    const { mapping = DEFAULT_GMIS_MAPPING } = options
    return hasCodes(understoodCodes(table).table) && findQuestions(table.headers, mapping).ok
  })
  const whole = parseGmisFile(read, options)
  const file = whole.ok
    ? { ...whole, warnings: firstIssues(whole.warnings), errors: firstIssues(whole.errors) }
    : whole
  return !file.ok && known && known.kind !== 'gmis'
    ? { ok: false, message: `${knownFileText(known)}${NO_ANSWERS}`, sheet }
    : { ...file, sheet }
}

/**
 * By the mapping's questions. A row with an error is not among the rows. Whether a hospital consented to the use of its
 * answers is not known here.
 */
export function parseGmisFile(
  read: TableReading,
  { prefectureCode, mapping = DEFAULT_GMIS_MAPPING }: GmisFileOptions,
): GmisFile {
  if (!read.ok) return read
  const { table, flaw } = understoodCodes(read.table)
  if (!hasCodes(table)) return { ok: false, message: flaw ?? NO_CODE }
  const questions = findQuestions(table.headers, mapping)
  if (!questions.ok) return questions
  const { rows, warnings, errors } = readRows(table, questions.columns, prefectureCode)
  return {
    ok: true,
    encoding: table.encoding,
    rows,
    warnings: [...questions.warnings, ...table.padded, ...warnings].sort(byRow),
    errors: [...table.ragged, ...errors].sort(byRow),
  }
}

function hasCodes(table: Table): boolean {
  return hasColumn(table, MEDICAL_CODE) || hasColumn(table, NAVII_CODE)
}

const MEDICAL_CODE = '医療機関コード'
const NAVII_CODE = '機関コード'
const NAME = '医療機関名'
const NO_ANSWERS =
  'GMIS調査の回答として取り込めません。「医療機関コード」または「機関コード」と、設問の列があるファイルを選択してください。'
const NO_CODE = '「医療機関コード」または「機関コード」の列がありません。1行目の見出しを確認してください。'

function readRows(table: Table, questions: QuestionColumns, prefectureCode: string) {
  const firstRow = new Map<string, number>()
  const rows: GmisRow[] = []
  const read = table.records.map((record) => new HospitalRow(record, NAME))
  const columns = printedColumns(table)
  const used = new Set(
    [MEDICAL_CODE, NAVII_CODE, NAME, ...Object.values(questions)].map((column) => headerKey(column ?? '')),
  )
  for (const row of read) {
    if (!row.isWithoutErrorValues(columns, (column) => used.has(column))) continue
    const codes = readCodes(row, prefectureCode)
    if (!codes) continue
    const earlier = firstRow.get(codes.code)
    if (earlier === undefined) rows.push({ row: row.number, ...codes, ...readAnswers(row, questions) })
    else
      row.refuse(
        codes.medicalCode ? MEDICAL_CODE : NAVII_CODE,
        `「${codes.code}」は、${earlier}行目と重複しています。`,
      )
    firstRow.set(codes.code, earlier ?? row.number)
  }
  return {
    rows,
    warnings: [...read.flatMap(({ warnings }) => warnings), ...unreadableAnswers(read, questions)],
    errors: read.flatMap(({ errors }) => errors),
  }
}

function readCodes(row: HospitalRow, prefectureCode: string) {
  const medicalCode = row.medicalCode(MEDICAL_CODE, prefectureCode)
  const naviiCode = row.opaqueCode(NAVII_CODE)
  if (row.errors.length > 0) return null
  const code = medicalCode ?? naviiCode
  if (code) return { code, medicalCode, naviiCode }
  row.refuse(MEDICAL_CODE, '医療機関コードと機関コードが、どちらも空欄です。')
  return null
}

function readAnswers(row: HospitalRow, columns: QuestionColumns): Pick<GmisRow, 'facts' | 'emrClaimed'> {
  const answer = (column: string | null) => (column === null ? null : yesOrNo(row.cell(column)))
  return {
    facts: {
      bcp: answer(columns.bcp),
      offlineBackup: answer(columns.offlineBackup),
      networkControl: answer(columns.networkControl),
    },
    emrClaimed: answer(columns.emr),
  }
}

function yesOrNo(answer: string): boolean | null {
  if (answer === 'はい') return true
  return answer === 'いいえ' ? false : null
}

/** One warning a column, not a cell: many of them mean that the mapping points at another question. */
function unreadableAnswers(rows: readonly HospitalRow[], columns: QuestionColumns): RowIssue[] {
  return Object.values(columns).flatMap((column) => {
    if (column === null) return []
    const count = rows.filter((row) => row.cell(column) && yesOrNo(row.cell(column)) === null).length
    const message = `「はい」「いいえ」以外の回答が${count}件あり、不明として扱います。`
    return count > 0 ? [{ row: 1, column, message }] : []
  })
}
