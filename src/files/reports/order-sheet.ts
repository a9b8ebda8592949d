import { normalForm } from '../../domain/text/cp932.ts'
import { normaliseText } from '../../domain/text/text.ts'
import { type Column, parseCsv, plainCell } from '../table/csv.ts'
import { decodeText } from '../table/encoding.ts'
import { headerKey } from '../table/table.ts'
import { readXlsx } from '../xlsx/read.ts'

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
/** Tells a hospital whose 医療機関コード is not known. */
const OTHER_CODE = '機関コード'
/** Tells rows that were moved from numbers that were changed; blank or away in lists of one's own. */
const RANK_BEFORE = 'ダウンロード時の順位'

export const ORDER_COLUMNS: readonly Column<OrderLine>[] = [
  { header: RANK, value: ({ rank }) => rank, number: 'place' },
  { header: CODE, value: ({ medicalCode }) => medicalCode },
  { header: '医療機関名', value: ({ name }) => name },
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

type OrderReading =
  /** The codes, 医療機関コード or else 機関コード, in the order asked for, and where each stands in the file. */
  { ok: true; codes: string[]; rowOf: ReadonlyMap<string, number> } | { ok: false; problems: OrderProblem[] }

/**
 * The order in an uploaded ranking, an Excel workbook or a CSV; never throws. Either the rows were put into another
 * order, or the numbers in 順位 were changed (2.5 goes between 2 and 3); both only where they say the same.
 */
export async function readOrderSheet(bytes: Uint8Array): Promise<OrderReading> {
  const read = bytes[0] === 0x50 && bytes[1] === 0x4b ? await readXlsx(bytes) : readCsv(bytes)
  if (!read.ok) return refusal({ row: null, message: read.message })
  const start = read.rows.findIndex(isFilled)
  const header = read.rows[start]?.map(headerKey) ?? []
  if (!header.includes(CODE) && !header.includes(OTHER_CODE)) return refusal({ row: null, message: NO_CODES })
  const lines = linesOf(read.rows, start, header)
  const first = firstRows(lines)
  const problems = lines.flatMap((line) => problemsOf(line, first))
  if (problems.length > 0) return { ok: false, problems }
  const ordered = inOrder(lines)
  if (!ordered) return refusal({ row: null, message: AMBIGUOUS })
  const rowOf = new Map(lines.map(({ code, row }) => [code, row]))
  return { ok: true, codes: ordered.map(({ code }) => code), rowOf }
}

const NO_CODES = `1行目に「${CODE}」の見出しがありません。この画面から保存した順位表を使ってください。`
const AMBIGUOUS = `行の並びと「${RANK}」の数字が合いません。行を並べ替えた場合は数字を元に戻し、数字を変えた場合は「${RANK}」の小さい順に並べ替えてから、もう一度選択してください。`

interface Line {
  row: number
  code: string
  /** Null where the file has no such column. */
  rank: string | null
  before: string | null
}

function readCsv(bytes: Uint8Array) {
  const decoded = decodeText(bytes)
  return decoded.ok ? parseCsv(decoded.text) : decoded
}

function linesOf(rows: readonly string[][], start: number, header: readonly string[]): Line[] {
  const [code, other, rank, before] = [CODE, OTHER_CODE, RANK, RANK_BEFORE].map((name) =>
    header.indexOf(name),
  )
  const cellAt = (cells: readonly string[], column: number) =>
    column < 0 ? null : normaliseCell(plainCell(cells[column] ?? ''))
  return rows.flatMap((cells, index) => {
    if (index <= start || !isFilled(cells)) return []
    const line = {
      code: cellAt(cells, code!) || cellAt(cells, other!) || '',
      rank: cellAt(cells, rank!),
      before: cellAt(cells, before!),
    }
    return [{ row: index + 1, ...line }]
  })
}

/** The longest code has 13 digits. What is far longer is neither read nor repeated whole in what is said of it. */
const LONGEST_CELL = 50
const normaliseCell = (text: string) =>
  normalForm(normaliseText(text.slice(0, 10 * LONGEST_CELL)), 'NFKC').slice(0, LONGEST_CELL)

function problemsOf({ row, code, rank }: Line, first: FirstRows): OrderProblem[] {
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

function isFilled(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.trim() !== '')
}

function refusal(problem: OrderProblem): OrderReading {
  return { ok: false, problems: [problem] }
}
