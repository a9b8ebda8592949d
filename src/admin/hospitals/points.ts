import type { Explanation } from '../../domain/selection/explain/explain.ts'
import { pointLabel } from '../../domain/selection/policy.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import { pointExplanation } from '../../domain/selection/words/policy.ts'
import { isByPublicFact, publicFactsText } from '../../domain/selection/words/safeguards.ts'
import { flipText, type StabilityMark, stabilityMark } from '../../domain/selection/words/stability.ts'
import { knownStability, type StabilityStanding } from '../../office/draft/stability.ts'
import { type BarSegment, barWords, FAMILIES, type Family, familyOf, scoreBars } from '../score-bars.ts'

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

interface PointRow {
  label: string
  family: Family
  points: number
  value: number
  score: string
  explanation: string
  /** Of a safeguard that is scored by what is published. */
  source: string | null
}

const WIDE = 640

export function hospitalPoints(
  { snapshot, highestScore }: Reading,
  { candidate, contributions, row }: Explanation,
): HospitalPoints {
  const rows = contributions.map(({ criterion, points, value, score }) => ({
    label: pointLabel(snapshot.policy, criterion),
    family: familyOf(criterion),
    points,
    value,
    score: scoreText(score),
    explanation: pointExplanation(snapshot.policy, criterion),
    source: isByPublicFact(candidate, criterion) ? publicFactsText(candidate.publicFacts!) : null,
  }))
  return {
    rows,
    most: contributions.reduce((sum, { points }) => sum + points, 0),
    total: scoreText(row.score),
    bar: scoreBars(snapshot.policy, highestScore, WIDE)(row.values),
    barWidth: WIDE,
    barText: barWords(rows.filter(({ value }) => value > 0)),
    families: FAMILIES,
  }
}

export type HospitalStability =
  /** Not eligible: no points can change that. */
  | { kind: 'none' }
  /** To be worked out when asked for, being worked out, or not to be worked out. */
  | { kind: 'unknown'; standing: StabilityStanding['kind'] }
  | { kind: 'known'; mark: StabilityMark; flips: string[] }

/** How far a hospital's decision hangs on the weights. */
export function hospitalStability(
  reading: Reading,
  row: HospitalResult,
  standing: StabilityStanding,
): HospitalStability {
  if (!row.eligible) return { kind: 'none' }
  const stability = knownStability(standing)
  const mark = stability && stabilityMark(stability, row.code)
  if (!stability || !mark) return { kind: 'unknown', standing: standing.kind }
  const { flips } = stability.hospitals.get(row.code)!
  return {
    kind: 'known',
    mark,
    flips: flips.map((flip) => flipText(flip, row.decision, reading.snapshot.policy)),
  }
}
