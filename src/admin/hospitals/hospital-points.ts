import type { Contribution } from '../../domain/selection/explain/explain.ts'
import { CRITERIA, type Policy } from '../../domain/selection/policy.ts'
import type { HospitalResult, SelectionResult } from '../../domain/selection/result.ts'
import { CRITERION_EXPLANATIONS } from '../../domain/selection/words/criteria.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { type BarSegment, FAMILIES, type Family, familyOf, scoreBars } from '../score-bars.ts'

/** Where a hospital's points come from: the picture and its table. */
export interface HospitalPoints {
  rows: PointRow[]
  /** Of the policy, and of this hospital. */
  most: number
  total: string
  bar: BarSegment[]
  barWidth: number
  barText: string
  families: typeof FAMILIES
}

export interface PointRow {
  label: string
  family: Family
  points: number
  value: number
  score: string
  explanation: string
}

const WIDE = 640

export function hospitalPoints(
  contributions: readonly Contribution[],
  row: HospitalResult,
  { policy, result }: { policy: Policy; result: SelectionResult },
): HospitalPoints {
  const rows = contributions.map(({ criterion, points, value, score }) => ({
    label: labelOf(CRITERIA, criterion),
    family: familyOf(criterion),
    points,
    value,
    score: scoreText(score),
    explanation: CRITERION_EXPLANATIONS[criterion],
  }))
  return {
    rows,
    most: contributions.reduce((sum, { points }) => sum + points, 0),
    total: scoreText(row.score),
    bar: scoreBars(policy, result, WIDE)(row.values),
    barWidth: WIDE,
    barText: rows
      .filter(({ value }) => value > 0)
      .map(({ label, score }) => `${label} ${score}点`)
      .join('、'),
    families: FAMILIES,
  }
}
