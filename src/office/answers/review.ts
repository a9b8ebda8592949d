import type { Stores } from '../../db/stores.ts'
import type { Mark } from '../../domain/answer/mark.ts'
import { kept } from '../kept.ts'
import { type Finding, findingsIn } from './flags.ts'
import { type ReadAlready, type SubmissionRow, submissionRows } from './rows.ts'

/** An answer with how far officers are with it. */
export interface ReviewedRow extends SubmissionRow {
  mark: Mark
  findings: Finding[]
}

/** Every submission in any state, oldest first. */
function reviewedRows(stores: Stores, read?: ReadAlready): ReviewedRow[] {
  const rows = submissionRows(stores, read)
  const findings = findingsIn(stores, rows)
  const marks = stores.answerMarks.all()
  return rows.map((row) => ({
    ...row,
    mark: marks.get(row.submission.number) ?? 'none',
    findings: findings(row),
  }))
}

export type ReadReviewed = () => readonly ReviewedRow[]

/** The same, read anew only where something has changed. */
export function reviewReader(stores: Stores): ReadReviewed {
  return kept(stores, () => reviewedRows(stores))
}

/** The flags that wait for somebody to look into them. */
export function openFindings({ findings }: Pick<ReviewedRow, 'findings'>): Finding[] {
  return findings.filter(({ waits, look }) => waits && look === null)
}

/** What of it waits for an officer. */
export interface ReviewCounts {
  /** Answers with a flag that nobody has looked at. */
  flagged: number
  /** Answers whose hospital was asked something. */
  asked: number
}

export function reviewCounts(stores: Stores, read: ReadAlready): ReviewCounts {
  const rows = reviewedRows(stores, read)
  return {
    flagged: rows.filter((row) => openFindings(row).length > 0).length,
    asked: rows.filter(({ mark, submission: { state } }) => mark === 'asked' && state !== 'withdrawn').length,
  }
}
