import { dayText } from '../../text/dates.ts'
import type { Explanation } from '../explain/explain.ts'
import { pointLabel, type SnapshotPolicy } from '../policy.ts'
import type { Candidate } from '../snapshot.ts'
import { scoreText } from './decision.ts'

/** The rest stands in the table of the points. */
const MOST_CRITERIA = 3

/** What the points are made of: the most of them, criteria and further questions alike, and which came from public facts. */
export function contributionSentences(explanation: Explanation, policy: SnapshotPolicy): string[] {
  const { contributions, row } = explanation
  const total = `点数は${scoreText(row.score)}点です。`
  const given = contributions.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score)
  if (given.length === 0) return [total, ...publicSentences(explanation, policy)]
  const parts = given
    .slice(0, MOST_CRITERIA)
    .map(({ criterion, score }) => `${pointLabel(policy, criterion)}${scoreText(score)}点`)
  return [
    total,
    `${given.length > MOST_CRITERIA ? '主な内訳' : '内訳'}は、${parts.join('、')}です。`,
    ...publicSentences(explanation, policy),
  ]
}

function publicSentences({ candidate, contributions }: Explanation, policy: SnapshotPolicy): string[] {
  const { gmis, publicFacts } = candidate
  if (!publicFacts) return []
  const counted = contributions.filter(
    ({ criterion }) =>
      isWeakness(criterion) && (gmis?.[criterion] ?? null) === null && publicFacts[criterion] !== null,
  )
  if (counted.length === 0) return []
  const labels = counted.map(({ criterion }) => `「${pointLabel(policy, criterion)}」`).join('')
  return [`${labels}は、${sourceText(publicFacts)}により評価しています。`]
}

const WEAKNESSES = ['offlineBackup', 'bcp', 'networkControl'] as const

function isWeakness(criterion: string): criterion is (typeof WEAKNESSES)[number] {
  return WEAKNESSES.some((id) => id === criterion)
}

function sourceText({ source, asOf }: NonNullable<Candidate['publicFacts']>): string {
  return `${source}（${dayText(asOf)}現在）`
}
