import { labelOf } from '../../text/choice.ts'
import { bandLabel } from '../bands.ts'
import { INELIGIBLE_REASONS } from '../eligibility.ts'
import type { Explanation } from '../explain/explain.ts'
import type { Peer, Standing } from '../explain/standing.ts'
import { CRITERIA } from '../policy.ts'
import type { Reading } from '../reading.ts'
import type { HospitalResult } from '../result.ts'
import { scoreText } from './decision.ts'
import { obstacleSentences } from './obstacle.ts'
import { lineSentences, lineSummary, neighbourSentence, type PeerNames, peerNames } from './peers.ts'

/** An explanation in words, scores and weaknesses included: for officers only. */
interface ExplanationTexts {
  /** One line without its full stop: 100～199床 第21位。枠19のため補欠第2位。第19位との差は0.50点 */
  summary: string
  /** Whole sentences, the decision first. */
  sentences: string[]
}

/** @param reading that the explanation is of */
export function explanationTexts(explanation: Explanation, reading: Reading): ExplanationTexts {
  const { row, standing } = explanation
  if (standing === null)
    return {
      summary: `対象外：${labelOf(INELIGIBLE_REASONS, row.reason!)}`,
      sentences: [
        ...obstacleSentences(explanation, reading.snapshot.policy),
        ...ineffectiveMoveSentences(explanation),
        contributionSentence(explanation),
      ],
    }
  return {
    summary: `${bandLabel(standing.band)} 第${row.bandRank}位。${decisionSummary(row, standing)}`,
    sentences: eligibleSentences(explanation, standing, peerNames(reading)),
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

/** Why it has a seat or none, what would change that, and what separates it from the next ones. */
function standingSentences({ candidate, row }: Explanation, standing: Standing, names: PeerNames): string[] {
  const { band, line, oneMoreSeat } = standing
  return [
    row.decision === 'selected'
      ? seatSentence(row, standing, candidate.override?.reason ?? '')
      : waitingSentence(row, standing),
    ...floorSentences(row, standing, names),
    ...overtakenSentences(row, standing, names),
    ...(line ? lineSentences(row, standing, line, names) : []),
    ...(oneMoreSeat ? [`${bandLabel(band)}の支援枠があと1つあれば選定されます。`] : []),
    ...neighbourSentences(row, standing, names),
  ]
}

/** Why a hospital waits: in a summary and in a sentence alike. */
function waitingCause({ bandRank }: HospitalResult, { band, floor }: Standing): WaitingCause {
  if (floor) return 'floor'
  // So near the top it would have a seat, had none gone to a designated hospital below it.
  return bandRank! <= band.seats ? 'designation' : 'seats'
}
type WaitingCause = 'floor' | 'designation' | 'seats'

function seatSentence(row: HospitalResult, { band }: Standing, designation: string): string {
  switch (row.basis!) {
    case 'designated':
      return `県の指定により選定しています（理由：${designation}）。`
    case 'rank':
      return row.bandRank! <= band.seats
        ? `${bandLabel(band)}の支援枠（${band.seats}）に入る順位のため、選定しています。`
        : '医療圏の確保枠の有無にかかわらず選定される順位のため、選定しています。'
    case 'region_floor':
      return `医療圏の確保枠により、${row.region}医療圏の病院として選定しています。`
    case 'redistributed':
      return 'ほかの病床規模区分で余った枠の再配分により、選定しています。'
  }
}

function waitingSentence(row: HospitalResult, standing: Standing): string {
  const { band } = standing
  const waiting = `補欠第${row.waitlistPosition}位です。`
  switch (waitingCause(row, standing)) {
    case 'floor':
      return `医療圏の確保枠を優先したため、${waiting}`
    case 'designation':
      return `県の指定を優先したため、${waiting}`
    case 'seats':
      return `${bandLabel(band)}の支援枠（${band.seats}）に入らず、${waiting}`
  }
}

function floorSentences({ band }: HospitalResult, { floor }: Standing, names: PeerNames): string[] {
  if (!floor) return []
  const together = floor[floor.role].length
  const instead = together === 1 ? '代わりに' : `この病院を含む${together}病院に代わって、`
  return floor.role === 'carried'
    ? [`確保枠がなければ、${instead}${names.names(floor.displaced, band)}が選定されます。`]
    : [
        `確保枠がなければ選定される順位ですが、${instead}${names.regionalNames(floor.carried, band)}が選定されています。`,
      ]
}

function overtakenSentences(
  { band }: HospitalResult,
  { overtakenBy, floor }: Standing,
  names: PeerNames,
): string[] {
  const told = new Set(floor?.carried.map(({ row }) => row.code))
  const designated = overtakenBy.filter(({ row }) => row.basis === 'designated')
  const others = overtakenBy.filter(({ row }) => row.basis !== 'designated' && !told.has(row.code))
  const sentence = (peers: string, cause: string) =>
    peers ? [`順位が下の${peers}は、${cause}選定されています。`] : []
  return [
    ...sentence(names.names(designated, band), '県の指定により'),
    ...sentence(names.regionalNames(others, band), '医療圏の確保枠を満たすため'),
  ]
}

/** Whoever the line already named is not named again. */
function neighbourSentences({ band }: HospitalResult, standing: Standing, names: PeerNames): string[] {
  const { line, bandAbove, bandBelow } = standing
  const isRival = (peer: Peer) => line?.kind === 'rank' && line.rival.row.code === peer.row.code
  return (['above', 'below'] as const).flatMap((side) => {
    const neighbour = side === 'above' ? bandAbove : bandBelow
    if (!neighbour || isRival(neighbour.peer)) return []
    return [neighbourSentence(neighbour, side, names.name(neighbour.peer, band))]
  })
}
