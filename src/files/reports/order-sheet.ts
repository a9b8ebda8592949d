import { type CodeFault, spreadsheetCode } from '../../domain/master/code.ts'
import { isBlank } from '../../domain/master/same-text.ts'
import { normalForm } from '../../domain/text/normal-form.ts'
import { normaliseText } from '../../domain/text/text.ts'
import { CODE_FAULT_TEXTS } from '../hospitals/code-fault.ts'
import { meaningOf } from '../hospitals/sheet-headers.ts'
import { type Column, plainCell } from '../table/csv.ts'
import { ERROR_VALUE_TEXT, isErrorValue } from '../table/error-value.ts'
import { knownFile, knownFileText } from '../table/known-file.ts'
import { headerKey } from '../table/table.ts'
import { inThread } from '../thread/in-thread.ts'
import { readRows } from '../xlsx/csv-or-xlsx.ts'

/** One line of the ranking as it goes out to be put into another order. */
export interface OrderLine {
  rank: number
  /** Each blank where it is not known; a hospital has one of the two. */
  medicalCode: string | null
  naviiCode: string | null
  name: string
  region: string
  band: string
  beds: number
  /** In points. */
  score: number
  decision: string
}

const RANK = '順位'
const CODE = '医療機関コード'
const NAME = '医療機関名'
/** Tells a hospital whose 医療機関コード is not known. */
const OTHER_CODE = '機関コード'
/** Tells rows that were moved from numbers that were changed; blank or away in lists of one's own. */
const RANK_BEFORE = 'ダウンロード時の順位'

export const ORDER_COLUMNS: readonly Column<OrderLine>[] = [
  { header: RANK, value: ({ rank }) => rank, number: 'place' },
  { header: CODE, value: ({ medicalCode }) => medicalCode },
  { header: NAME, value: ({ name }) => name },
  { header: '二次医療圏', value: ({ region }) => region },
  { header: '病床規模区分', value: ({ band }) => band },
  { header: '許可病床数', value: ({ beds }) => beds },
  { header: '点数', value: ({ score }) => score, number: 'points' },
  { header: '判定', value: ({ decision }) => decision },
  { header: OTHER_CODE, value: ({ naviiCode }) => naviiCode },
  { header: RANK_BEFORE, value: ({ rank }) => rank, number: 'place' },
]

export interface OrderProblem {
  /** As Excel counts; null for what is wrong with the whole. */
  row: number | null
  message: string
}

/** What a line says of its hospital; each '' where it does not. */
export interface NamedLine {
  row: number
  medicalCode: string
  naviiCode: string
  name: string
}

type OrderReading =
  | {
      ok: true
      /** 医療機関コード or else 機関コード, in the order asked for. */
      codes: string[]
      /** Where each stands in the file. */
      rowOf: ReadonlyMap<string, number>
      /** The same codes as they were ranked when the sheet went out; null where it does not say so. */
      before: string[] | null
      lines: NamedLine[]
    }
  | { ok: false; problems: OrderProblem[] }

/**
 * The order in an uploaded ranking, an Excel workbook or a CSV; never throws. Either the rows were put into another
 * order, or the numbers in 順位 were changed (2.5 goes between 2 and 3); both only where they say the same.
 */
export async function readOrderSheet(bytes: Uint8Array): Promise<OrderReading> {
  const read = await inThread<OrderReading>('order', { bytes })
  return read.ok ? read.value : refusal({ row: null, message: read.message })
}

/** The same within the thread that does nothing else. */
export function orderSheetOf(bytes: Uint8Array): OrderReading {
  const read = readRows(bytes, hasCodes)
  if (!read.ok) return refusal({ row: null, message: read.message })
  const known = knownFile(read.rows)
  if (known && !ORDERS.has(known.kind))
    return refusal({ row: null, message: `${knownFileText(known)}${USE_ORDER}` })
  const { start, header } = headerOf(read.rows)
  if (!hasCodes(read.rows)) return refusal({ row: null, message: noCodes(read.sheet, header) })
  const ranks = otherRanks(header)
  if (ranks.length > 0) return { ok: false, problems: ranks }
  const errorValues = errorValuesIn(read.rows, start, header)
  if (errorValues.length > 0) return { ok: false, problems: errorValues }
  const lines = linesOf(read.rows, start, header)
  const first = firstRows(lines)
  const problems = lines.flatMap((line) => problemsOf(line, first)).slice(0, MOST_PROBLEMS)
  if (problems.length > 0) return { ok: false, problems }
  const ordered = inOrder(lines)
  if (!ordered) return refusal({ row: null, message: AMBIGUOUS })
  const rowOf = new Map(lines.map(({ code, row }) => [code, row]))
  return { ok: true, codes: ordered.map(({ code }) => code), rowOf, before: orderBefore(lines), lines }
}

/** More of them nobody reads. */
const MOST_PROBLEMS = 1_000

/** The ranking that goes out, and what is made of the pages beside it. */
const ORDERS: ReadonlySet<string> = new Set(['order', 'internal'])
const USE_ORDER = '順位表ではありません。この画面から保存した順位表を使ってください。'

/** The first line that holds something, the columns that tell hospitals under our names. */
function headerOf(rows: readonly string[][]): { start: number; header: string[] } {
  const start = rows.findIndex(isFilled)
  const printed = rows[start] ?? []
  const exact = new Set(printed.map(headerKey))
  const header = printed.map((text) => {
    const meaning = meaningOf(text)
    const isMeant = meaning.kind === 'column' && TELLING.has(meaning.column) && !exact.has(meaning.column)
    return isMeant ? meaning.column : headerKey(text)
  })
  return { start, header }
}

const TELLING: ReadonlySet<string> = new Set([CODE, OTHER_CODE, NAME])

/** A column of ranks under a name of its own: to read past it would take changed numbers for none. */
function otherRanks(header: readonly string[]): OrderProblem[] {
  const near = header.find((name) => name.slice(0, LONGEST_CELL).includes(RANK) && name !== RANK_BEFORE)
  if (header.includes(RANK) || near === undefined) return []
  const message = `見出し「${near.slice(0, LONGEST_CELL)}」は「${RANK}」に似ていますが、同じ列か判別できません。順位の列であれば見出しを「${RANK}」に修正し、使わない列であれば削除してください。`
  return [{ row: null, message }]
}

function hasCodes(rows: readonly string[][]): boolean {
  const { header } = headerOf(rows)
  return header.includes(CODE) || header.includes(OTHER_CODE)
}

/** @param sheet '' for a file that has only one */
function noCodes(sheet: string, header: readonly string[]): string {
  const near = header.find((printed) => /コード|番号/u.test(printed.slice(0, LONGEST_CELL)))
  const instead = near ? `「${near.slice(0, LONGEST_CELL)}」の列は、別の見出しです。` : ''
  return `${sheet && `シート「${sheet}」の`}1行目に「${CODE}」の見出しがありません。${instead}この画面から保存した順位表を使ってください。`
}

function errorValuesIn(rows: readonly string[][], start: number, header: readonly string[]): OrderProblem[] {
  const known = new Set(ORDER_COLUMNS.map((column) => headerKey(column.header)))
  return rows.flatMap((cells, index) =>
    index <= start
      ? []
      : header.flatMap((name, place) =>
          known.has(name) && isErrorValue(cells[place] ?? '')
            ? [{ row: index + 1, message: `「${name}」は、${ERROR_VALUE_TEXT}` }]
            : [],
        ),
  )
}

const AMBIGUOUS = `行の並びと「${RANK}」の数字が合いません。行を並べ替えた場合は数字を元に戻し、数字を変えた場合は「${RANK}」の小さい順に並べ替えてから、もう一度選択してください。`

interface Line extends NamedLine {
  /** 医療機関コード or else 機関コード. */
  code: string
  /** Of a code that a spreadsheet took for a number. */
  fault: CodeFault | null
  /** Null where the file has no such column. */
  rank: string | null
  before: string | null
}

function linesOf(rows: readonly string[][], start: number, header: readonly string[]): Line[] {
  const [code, other, name, rank, before] = [CODE, OTHER_CODE, NAME, RANK, RANK_BEFORE].map((column) =>
    header.indexOf(column),
  )
  const cellAt = (cells: readonly string[], column: number) =>
    column < 0 ? null : normaliseCell(plainCell(cells[column] ?? ''))
  return rows.flatMap((cells, index) => {
    if (index <= start || !isFilled(cells)) return []
    const codes = [code!, other!].map((column) => spreadsheetCode(cellAt(cells, column) ?? ''))
    const [medicalCode, naviiCode] = codes.map((read) => ('code' in read ? read.code : ''))
    const fault = codes.flatMap((read) => ('fault' in read ? [read.fault] : []))[0] ?? null
    const line = {
      code: medicalCode! || naviiCode!,
      medicalCode: medicalCode!,
      naviiCode: naviiCode!,
      name: cellAt(cells, name!) ?? '',
      fault,
      rank: cellAt(cells, rank!),
      before: cellAt(cells, before!),
    }
    return [{ row: index + 1, ...line }]
  })
}

/** Names have up to 100 letters, codes 13. What is far longer is neither read nor repeated whole in what is said of it. */
const LONGEST_CELL = 100
const normaliseCell = (text: string) =>
  normalForm(normaliseText(text.slice(0, 10 * LONGEST_CELL)), 'NFKC').slice(0, LONGEST_CELL)

function problemsOf({ row, code, fault, rank }: Line, first: FirstRows): OrderProblem[] {
  if (fault) return [{ row, message: `「${CODE}」は、${CODE_FAULT_TEXTS[fault]}` }]
  if (code === '')
    return [{ row, message: `「${CODE}」も「${OTHER_CODE}」もありません。どちらかを入力してください。` }]
  const same = first.ofCode.get(code)!
  if (same < row) return [{ row, message: `医療機関コード「${code}」が${same}行目と重複しています。` }]
  if (rank === null) return []
  if (rank === '') return [{ row, message: `「${RANK}」がありません。数字を入力してください。` }]
  if (!/^\d{1,5}(\.\d{1,3})?$/.test(rank))
    return [{ row, message: `「${RANK}」が「${rank}」となっています。数字を入力してください。` }]
  const tied = first.ofRank.get(Number(rank))!
  const advice = '2位と3位の間に入れる場合は「2.5」のように入力できます。'
  return tied < row ? [{ row, message: `「${RANK}」の${rank}が${tied}行目と重複しています。${advice}` }] : []
}

/** Where each code and each number stands first. */
interface FirstRows {
  ofCode: ReadonlyMap<string, number>
  ofRank: ReadonlyMap<number, number>
}

function firstRows(lines: readonly Line[]): FirstRows {
  const fromBelow = lines.toReversed()
  return {
    ofCode: new Map(fromBelow.map(({ code, row }) => [code, row])),
    ofRank: new Map(fromBelow.map(({ rank, row }) => [Number(rank), row])),
  }
}

/** @returns null where rows and numbers say different things */
function inOrder(lines: readonly Line[]): readonly Line[] | null {
  if (lines.every(({ rank }) => rank === null)) return lines
  const byRank = lines.toSorted((a, b) => Number(a.rank) - Number(b.rank))
  if (byRank.every((line, index) => line === lines[index])) return lines
  if (lines.some(({ before }) => !before)) return byRank
  if (lines.every(({ rank, before }) => Number(rank) === Number(before))) return lines
  const rowsStay = lines.every(
    ({ before }, index) => index === 0 || Number(lines[index - 1]!.before) < Number(before),
  )
  return rowsStay ? byRank : null
}

/** The codes by the ranks that went out with them; null where those were taken away or are no ranks. */
function orderBefore(lines: readonly Line[]): string[] | null {
  const byRank = new Map(lines.map(({ before, code }) => [before, code]))
  const codes = lines.map((_, index) => byRank.get(String(index + 1)))
  return codes.every((code) => code !== undefined) ? codes : null
}

function isFilled(cells: readonly string[]): boolean {
  return cells.some((cell) => !isBlank(cell))
}

function refusal(problem: OrderProblem): OrderReading {
  return { ok: false, problems: [problem] }
}
