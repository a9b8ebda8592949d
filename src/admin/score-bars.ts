import type { CriterionId, PointId, SnapshotPolicy } from '../domain/selection/policy.ts'
import { questionKey } from '../domain/selection/questions.ts'
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
    label: '対策の不足',
    criteria: ['inspection', 'offlineBackup', 'bcp', 'networkControl'],
  },
  { id: 'answer', label: '回答の内容', criteria: ['emr', 'scope', 'gmisConsent'] },
] as const satisfies readonly { id: string; label: string; criteria: readonly CriterionId[] }[]

export type Family = (typeof FAMILIES)[number]['id']

/** What a criterion, or a kind of them, adds to a bar, in units of the viewBox. */
export interface BarSegment {
  family: Family
  x: number
  width: number
}

/** The width of the longest bar where many stand below each other: the viewBox of the ranking. */
const BAR_WIDTH = 160
/** Between two criteria, so that each can be seen. */
const GAP = 1

/**
 * Bars of one scale for every hospital of the result.
 * @param full the width of the highest score
 */
export function scoreBars(
  { criteria, questions }: Points,
  highestScore: number,
  full = BAR_WIDTH,
): (values: Values) => BarSegment[] {
  const weights = weightsOf(criteria, questions)
  const most = Math.max(highestScore, 1)
  return (values) => {
    let before = 0
    return weights.flatMap(([criterion, points]) => {
      const score = points * values[criterion]!
      if (score === 0) return []
      const x = round((before / most) * full)
      before += score
      const width = Math.max(GAP / 2, round((before / most) * full - x - GAP))
      return [{ family: familyOf(criterion), x, width }]
    })
  }
}

/** What a bar says to whoever does not see it: its parts with their points, or that there are none. */
export function barWords(parts: readonly { label: string; score: string }[]): string {
  return parts.map(({ label, score }) => `${label} ${score}点`).join('、') || '点数はありません'
}

/** The points of a hospital by the kinds of criteria, in hundredths; kinds that a policy gives no points are left out. */
interface FamilyScore {
  family: Family
  label: string
  score: number
}

export function familyScores({ criteria, questions }: Points): (values: Values) => FamilyScore[] {
  const weights = new Map(weightsOf(criteria, questions))
  const counted = FAMILIES.map((family) => ({
    family: family.id,
    label: family.label,
    parts: membersOf(family, questions).flatMap((criterion) => {
      const points = weights.get(criterion)
      return points === undefined ? [] : [[criterion, points] as const]
    }),
  })).filter(({ parts }) => parts.length > 0)
  return (values) =>
    counted.map(({ family, label, parts }) => ({
      family,
      label,
      score: parts.reduce((sum, [criterion, points]) => sum + points * values[criterion]!, 0),
    }))
}

/** Kinds of criteria side by side, as parts of `most`. */
export function familyBar(scores: readonly FamilyScore[], most: number, full = BAR_WIDTH): BarSegment[] {
  const unit = full / Math.max(most, 1)
  let before = 0
  return scores.flatMap(({ family, score }) => {
    if (score === 0) return []
    const x = round(before * unit)
    before += score
    return [{ family, x, width: round(before * unit - x) }]
  })
}

type Points = Pick<SnapshotPolicy, 'criteria' | 'questions'>

/** What belongs to a kind: further questions are answers too. */
function membersOf(
  { id, criteria }: (typeof FAMILIES)[number],
  questions: readonly { id: string }[] = [],
): PointId[] {
  return [...criteria, ...(id === FURTHER ? questions.map(questionKey) : [])]
}

/** The kind of every further question. */
const FURTHER: Family = 'answer'

export function familyOf(criterion: PointId): Family {
  return FAMILY_OF.get(criterion) ?? FURTHER
}

const FAMILY_OF = new Map<PointId, Family>(
  FAMILIES.flatMap(({ id, criteria }) => criteria.map((criterion) => [criterion, id] as const)),
)

function round(value: number): number {
  return Math.round(value * 10) / 10
}
