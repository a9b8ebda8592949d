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

export function byRow(a: RowIssue, b: RowIssue): number {
  return a.row - b.row
}
