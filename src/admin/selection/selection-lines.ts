import { fieldOf } from '../../domain/selection/field.ts'
import { CRITERIA } from '../../domain/selection/policy.ts'
import { rank } from '../../domain/selection/rank.ts'
import type { HospitalResult, SelectionResult } from '../../domain/selection/result.ts'
import { type Weights, weightsOf } from '../../domain/selection/score.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import { type RankingLine, rankingLineOf } from '../../domain/selection/words/ranking.ts'
import { type StabilityMark, stabilityMark } from '../../domain/selection/words/stability.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { type BarSegment, scoreBars } from '../score-bars.ts'

/** A line of the ranking with everything an officer weighs it by. */
export interface SelectionLine extends RankingLine {
  bar: BarSegment[]
  /** 救急医療 15.00点、災害医療 15.00点 */
  barText: string
  /** Of each criterion that counts, in their order. */
  points: string[]
  stability: StabilityMark | null
  /** Where the points alone would put it, and why it stands elsewhere; null for one that nobody moved. */
  move: { naturalRank: number; reason: string } | null
}

/** Prepares a selection once, then any of its lines. */
export function selectionLineOf(
  snapshot: Snapshot,
  result: SelectionResult,
  stability: Stability | null,
): (row: HospitalResult) => SelectionLine {
  const lineOf = rankingLineOf(snapshot, result)
  const barOf = scoreBars(snapshot.policy, result)
  const weights = weightsOf(snapshot.policy.criteria)
  const moveOf = movedHospitals(snapshot)
  return (row) => ({
    ...lineOf(row),
    bar: barOf(row.values),
    barText: barText(weights, row),
    points: weights.map(([criterion, points]) => scoreText(points * row.values[criterion])),
    stability: stability && stabilityMark(stability, row.code),
    move: row.rank === null ? null : moveOf(row.code),
  })
}

function barText(weights: Weights, { values }: HospitalResult): string {
  return weights
    .filter(([criterion]) => values[criterion] > 0)
    .map(
      ([criterion, points]) => `${labelOf(CRITERIA, criterion)} ${scoreText(points * values[criterion])}点`,
    )
    .join('、')
}

/** Of every hospital moved by hand what the ranking by points says of it. */
export function movedHospitals(snapshot: Snapshot): (code: string) => SelectionLine['move'] {
  const { moves = [], policy } = snapshot
  if (moves.length === 0) return () => null
  const natural = rank(fieldOf(snapshot), policy).map(({ entrant }) => entrant.candidate.code)
  const ranks = new Map(natural.map((code, place) => [code, place + 1]))
  const reasons = new Map(moves.map(({ code, reason }) => [code, reason]))
  return (code) => {
    const [naturalRank, reason] = [ranks.get(code), reasons.get(code)]
    return naturalRank === undefined || reason === undefined ? null : { naturalRank, reason }
  }
}
