import { compareText } from '../text/text-order.ts'
import type { Entrant, Field } from './field.ts'
import type { Policy, TieBreak } from './policy.ts'
import { scoreOf, weightsOf } from './score.ts'

export interface Ranked {
  entrant: Entrant
  score: number
}

/** What put one hospital before another. */
export type RankKey = 'score' | TieBreak | 'code'

/** All eligible hospitals in one total order, best first: the score, the tie-break keys, at last the code. */
export function rank(field: Field, policy: Pick<Policy, 'criteria' | 'questions' | 'tieBreak'>): Ranked[] {
  const weights = weightsOf(policy.criteria, policy.questions)
  const compareTied = tieComparison(field, policy.tieBreak)
  return field.entrants
    .filter(({ reason }) => reason === null)
    .map((entrant) => ({ entrant, score: scoreOf(weights, entrant.values) }))
    .sort((a, b) => b.score - a.score || compareTied(a.entrant, b.entrant))
}

/** Puts hospitals of one score in their order: the tie-break keys, at last the code. No two of them are equal. */
export function tieComparison(field: Field, tieBreak: readonly TieBreak[]): Comparison {
  const keys = tieBreak.map((key) => comparisonOf(key, field))
  return (a, b) => {
    for (const compare of keys) {
      const order = compare(a, b)
      if (order !== 0) return order
    }
    return compareText(a.candidate.code, b.candidate.code)
  }
}

/** The first key in which two hospitals of one ranking differ: why one stands before the other. */
export function separatingKey(field: Field, tieBreak: readonly TieBreak[], a: Ranked, b: Ranked): RankKey {
  if (a.score !== b.score) return 'score'
  return tieBreak.find((key) => comparisonOf(key, field)(a.entrant, b.entrant) !== 0) ?? 'code'
}

type Comparison = (a: Entrant, b: Entrant) => number

function comparisonOf(key: TieBreak, field: Field): Comparison {
  switch (key) {
    case 'beds':
      return (a, b) => b.candidate.beds - a.candidate.beds
    case 'submittedAt':
      return (a, b) => earlierFirst(a.submittedAt, b.submittedAt)
    case 'lottery':
      return (a, b) => compareText(field.lotOf(a), field.lotOf(b))
  }
}

function earlierFirst(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a - b
}
