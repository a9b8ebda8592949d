import { normaliseText, within } from '../../domain/text/text.ts'
import { understoodCodes } from '../hospitals/understood-headers.ts'
import { plainCell } from '../table/csv.ts'
import type { FileRows } from '../table/file-rows.ts'
import {
  hasColumn,
  headerKey,
  type Table,
  type TableReading,
  type TableRecord,
  tableOf,
} from '../table/table.ts'

export const MEDICAL_CODE = '医療機関コード'
export const NAVII_CODE = '機関コード'
export const GMIS_ID = 'G-MIS ID'
export const NAME = '医療機関名'

/** One column that is no code and no name, by what an officer can choose it by. */
export interface AnswerColumn {
  /** The header; of several alike with their place, 「理由（K列）」. */
  label: string
  place: number
}

/** A table whose columns that tell hospitals are found under their names, and the row in which its header stands. */
export interface HeadedTable {
  table: Table
  headerRow: number
  /** Why nobody can tell what a column is, in Japanese. */
  flaw: string | null
}

/** Above the header of an export there may be its title and its day. */
const SEARCHED_ROWS = 30

/** The header is the first row with a code's column in it, wherever it stands. */
export function headed(file: FileRows): ({ ok: true } & HeadedTable) | Extract<TableReading, { ok: false }> {
  const place = headerPlace(file.rows)
  // Rows keep their numbers: what stood above the header is as good as blank.
  const above = file.rows.slice(0, place).map(() => [])
  const rows = [file.rows[place] ?? [], ...above, ...file.rows.slice(place + 1)]
  const read = tableOf({ ...file, rows: [withQuestionNumbers(file.rows, place), ...rows.slice(1)] })
  if (!read.ok) return read
  const understood = understoodCodes(read.table)
  const table = withGmisId(understood.table)
  return { ok: true, table, headerRow: place + 1, flaw: understood.flaw }
}

export function hasCodes(table: Table): boolean {
  return [MEDICAL_CODE, NAVII_CODE, GMIS_ID].some((column) => hasColumn(table, column))
}

/** Of a sheet among others. */
export function isGmisSheet(rows: string[][]): boolean {
  return rows.slice(0, SEARCHED_ROWS).some((row) => headerKind(row) === 'codes')
}

function headerPlace(rows: readonly string[][]): number {
  const kinds = rows.slice(0, SEARCHED_ROWS).map(headerKind)
  const codes = kinds.indexOf('codes')
  if (codes >= 0) return codes
  return Math.max(0, kinds.indexOf('near'))
}

function headerKind(row: string[]): 'codes' | 'near' | null {
  const read = tableOf({ rows: [row], encoding: 'utf-8', sheet: '' })
  if (!read.ok) return null
  const { table, flaw } = understoodCodes(read.table)
  if (hasCodes(withGmisId(table))) return 'codes'
  return flaw === null ? null : 'near'
}

/** Some exports have the number of a question in the row above its text. */
function withQuestionNumbers(rows: readonly string[][], place: number): string[] {
  const above = rows.slice(0, place).reverse()
  return (rows[place] ?? []).map((header, column) => {
    const number = above.map((row) => row[column]?.trim() ?? '').find((cell) => cell !== '')
    return number && QUESTION_NUMBER.test(number) && !QUESTION_NUMBER.test(header)
      ? `${number} ${header}`.trim()
      : header
  })
}

const QUESTION_NUMBER = /^(?:[QＱ問]|設問)\s*[\d０-９]/u

/** G-MIS ID, GMISユーザーID */
const GMIS_ID_HEADER = /^G-?MIS(?:用|ユーザー?|利用者)?(?:ID|アカウント)$/

function withGmisId(table: Table): Table {
  const keys = table.keys.map((key) =>
    GMIS_ID_HEADER.test(key.toUpperCase().replace(/[-‐－ー―]/gu, '-')) ? headerKey(GMIS_ID) : key,
  )
  const places = new Map<string, number>()
  for (const [place, key] of keys.entries()) if (!places.has(key)) places.set(key, place)
  return { ...table, keys, records: table.records.map((record) => ({ ...record, places })) }
}

/** Every column that may hold an answer, in the order of the file. */
export function answerColumns({ headers, keys }: Table): AnswerColumn[] {
  const telling = new Set([MEDICAL_CODE, NAVII_CODE, GMIS_ID, NAME].map(headerKey))
  return headers.flatMap((header, place) => {
    if (header === '' || telling.has(keys[place]!)) return []
    const text = normaliseText(header).slice(0, LONGEST_LABEL)
    const isAlone = headers.filter((other) => headerKey(other) === headerKey(header)).length === 1
    return [{ label: isAlone ? text : `${text}（${columnLetters(place)}列）`, place }]
  })
}

const LONGEST_LABEL = 280

/** As a spreadsheet counts columns: A … Z, AA … */
function columnLetters(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26))
  return place < 26 ? letter : columnLetters(Math.floor(place / 26) - 1) + letter
}

export function answerCell({ cells }: TableRecord, { place }: AnswerColumn): string {
  return within(LONGEST_CELL, normaliseText)(plainCell((cells[place] ?? '').trim())).slice(0, LONGEST_CELL)
}

const LONGEST_CELL = 200
