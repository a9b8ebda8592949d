import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { CORRECTION_STATES, type CorrectionState } from '../../domain/master/correction.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../officer-names.ts'

/** A hospital's own 登録内容の訂正, and what became of it. */
export interface Correction {
  statement: string
  state: CorrectionState
  stateLabel: string
  /** By whom it was settled, when, and why where somebody said; null while it is open. */
  settled: { by: string; reason: string | null; isApplied: boolean } | null
}

/** @returns of an answer what it states today; null where it states nothing */
export function correctionReader(stores: Stores): (submission: Submission) => Correction | null {
  const nameOf = officerNames(stores)
  const settlings = Map.groupBy(stores.corrections.all(), ({ submission }) => submission)
  return ({ id, answers: { masterCorrection: statement } }) => {
    if (statement === null) return null
    // What was settled was this very statement: a hospital that states another waits again.
    const newest = settlings.get(id)?.findLast((settling) => settling.statement === statement)
    const state = newest?.state ?? 'open'
    return {
      statement,
      state,
      stateLabel: labelOf(CORRECTION_STATES, state),
      settled:
        newest && state !== 'open'
          ? {
              by: `${nameOf(newest.actor)}、${dateTimeText(newest.at)}`,
              reason: newest.reason,
              isApplied: newest.change !== null,
            }
          : null,
    }
  }
}

/** Of the answers that count: how many state something that nobody has dealt with. */
export function openCorrections(stores: Stores, submissions: readonly Submission[]): number {
  const correctionOf = correctionReader(stores)
  return submissions.filter(
    (submission) => submission.state === 'current' && correctionOf(submission)?.state === 'open',
  ).length
}
