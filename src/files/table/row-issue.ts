import { grouped } from '../../domain/text/grouped.ts'

/** Something about one row of a file that a person should look at. */
export interface RowIssue {
  /** As Excel counts: the header is row 1, a cell of several lines is one row, blank rows count. */
  row: number
  column?: string
  /** The hospital's name, where the row has one. */
  hospital?: string
  /** In Japanese, without row and column. */
  message: string
}

/** More of a kind nobody reads, and a page of them would hold up everybody. */
const MOST = 1_000

/** The first of them in the order of the rows, and how many more there are. */
export function firstIssues(issues: readonly RowIssue[]): RowIssue[] {
  const sorted = issues.toSorted(byRow)
  const more = sorted.length - MOST
  if (more <= 0) return sorted
  const message = `ほかに${grouped(more)}件あります。上の各行を修正してから、もう一度選択してください。`
  return [...sorted.slice(0, MOST), { row: sorted[MOST]!.row, message }]
}

export function byRow(a: RowIssue, b: RowIssue): number {
  return a.row - b.row
}
