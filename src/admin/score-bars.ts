import type { CriterionId, Policy } from '../domain/selection/policy.ts'
import { type Values, weightsOf } from '../domain/selection/score.ts'

/** Criteria of one kind share a pattern: fifteen could not be told apart. In the order of the criteria. */
export const FAMILIES = [
  {
    id: 'care',
    label: '診療機能',
    criteria: ['emergency', 'disaster', 'regionalSupport', 'perinatal', 'remote', 'infectious'],
  },
  { id: 'region', label: '地域での役割', criteria: ['regionShare', 'soleEmergency'] },
  {
    id: 'weakness',
    label: 'セキュリティ対策の不足',
    criteria: ['inspection', 'offlineBackup', 'bcp', 'networkControl'],
  },
  { id: 'answer', label: '回答の内容', criteria: ['emr', 'scope', 'gmisConsent'] },
] as const satisfies readonly { id: string; label: string; criteria: readonly CriterionId[] }[]

export type Family = (typeof FAMILIES)[number]['id']

/** What one criterion adds to a bar, in units of the viewBox. */
export interface BarSegment {
  criterion: CriterionId
  family: Family
  x: number
  width: number
}

/** The width of the longest bar where many stand below each other. */
export const BAR_WIDTH = 160
/** Between two criteria, so that each can be seen. */
const GAP = 1

/**
 * Bars of one scale for every hospital of the result.
 * @param full the width of the highest score
 */
export function scoreBars(
  criteria: Policy['criteria'],
  highestScore: number,
  full = BAR_WIDTH,
): (values: Values) => BarSegment[] {
  const weights = weightsOf(criteria)
  const most = Math.max(highestScore, 1)
  return (values) => {
    let before = 0
    return weights.flatMap(([criterion, points]) => {
      const score = points * values[criterion]
      if (score === 0) return []
      const x = round((before / most) * full)
      before += score
      const width = Math.max(GAP / 2, round((before / most) * full - x - GAP))
      return [{ criterion, family: familyOf(criterion), x, width }]
    })
  }
}

export function familyOf(criterion: CriterionId): Family {
  return FAMILY_OF.get(criterion)!
}

const FAMILY_OF = new Map<CriterionId, Family>(
  FAMILIES.flatMap(({ id, criteria }) => criteria.map((criterion) => [criterion, id] as const)),
)

function round(value: number): number {
  return Math.round(value * 10) / 10
}
