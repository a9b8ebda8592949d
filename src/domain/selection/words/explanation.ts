import { labelOf } from '../../text/choice.ts'
import { INELIGIBLE_REASONS } from '../eligibility.ts'
import type { Explanation } from '../explain/explain.ts'
import type { Standing } from '../explain/standing.ts'
import { bandLabel, CRITERIA } from '../policy.ts'
import type { Snapshot } from '../snapshot.ts'
import { scoreText } from './decision.ts'
import { lineSummary } from './line.ts'
import { type PeerNames, peerNames } from './names.ts'
import { obstacleSentences } from './obstacle.ts'
import { standingSentences, waitingCause } from './standing.ts'

/** An explanation in words, scores and weaknesses included: for officers only. */
export interface ExplanationTexts {
  /** One line without its full stop: 100～199床 第21位。枠19のため補欠第2位。第19位との差は0.50点 */
  summary(explanation: Explanation): string
  /** Whole sentences, the decision first. */
  sentences(explanation: Explanation): string[]
}

export function explanationTexts(snapshot: Snapshot): ExplanationTexts {
  const names = peerNames(snapshot)
  return {
    summary: ({ row, standing }) =>
      standing === null
        ? `対象外：${labelOf(INELIGIBLE_REASONS, row.reason!)}`
        : `${bandLabel(standing.band)} 第${row.bandRank}位。${decisionSummary(row, standing)}`,
    sentences: (explanation) =>
      explanation.standing === null
        ? [
            ...obstacleSentences(explanation, snapshot.policy),
            ...ineffectiveMoveSentences(explanation),
            contributionSentence(explanation),
          ]
        : eligibleSentences(explanation, explanation.standing, names),
  }
}

function decisionSummary(row: Explanation['row'], standing: Standing): string {
  const { seats } = standing.band
  switch (row.basis) {
    case 'designated':
      return '県の指定により選定'
    case 'rank':
      return row.bandRank! <= seats ? `枠${seats}の範囲内で選定` : '順位により選定'
    case 'region_floor':
      return `${row.region}医療圏の確保枠により選定`
    case 'redistributed':
      return '余った枠の再配分により選定'
    case null:
      return [
        `${WAITING_CAUSES[waitingCause(row, standing)](seats)}補欠第${row.waitlistPosition}位`,
        ...lineSummary(row, standing),
      ].join('。')
  }
}

const WAITING_CAUSES = {
  floor: () => '医療圏の確保枠を優先したため',
  designation: () => '県の指定を優先したため',
  seats: (seats: number) => `枠${seats}のため`,
}

function eligibleSentences(explanation: Explanation, standing: Standing, names: PeerNames): string[] {
  const { row } = explanation
  const place = `対象${standing.rankedOf}病院のうち第${row.rank}位、${bandLabel(standing.band)}の${standing.bandRankedOf}病院のうち第${row.bandRank}位です。`
  return [
    ...standingSentences(explanation, standing, names),
    `順位は、${place}`,
    ...moveSentences(explanation, standing),
    contributionSentence(explanation),
  ]
}

function moveSentences({ move, row }: Explanation, { naturalRank }: Standing): string[] {
  const change = `第${naturalRank}位から第${row.rank}位`
  const isChanged = naturalRank !== row.rank
  if (!move) return isChanged ? [`ほかの病院の順位を変更したため、${change}になっています。`] : []
  return isChanged
    ? [`県の判断により、順位を${change}に変更しています（理由：${move.reason}）。`]
    : [`県の判断による順位の変更を登録していますが、順位は変わっていません（理由：${move.reason}）。`]
}

function ineffectiveMoveSentences({ move }: Explanation): string[] {
  return move ? [`順位の変更（第${move.position}位へ）を登録していますが、対象外のため反映されません。`] : []
}

function contributionSentence({ contributions, row }: Explanation): string {
  const parts = contributions
    .filter(({ score }) => score > 0)
    .map(
      ({ criterion, points, value, score }) =>
        `${labelOf(CRITERIA, criterion)}${scoreText(score)}点（${points}点×${value}％）`,
    )
  const total = `点数は${scoreText(row.score)}点`
  return parts.length === 0 ? `${total}です。` : `${total}で、内訳は${parts.join('、')}です。`
}
