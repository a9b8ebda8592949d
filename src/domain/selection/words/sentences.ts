import type { Prefecture } from '../../survey/prefecture.ts'
import { labelOf } from '../../text/choice.ts'
import { bandLabel } from '../bands.ts'
import { ineligibleReasons } from '../eligibility.ts'
import type { Explanation } from '../explain/explain.ts'
import type { Peer, Standing } from '../explain/standing.ts'
import { waitingCause } from '../explain/waiting.ts'
import type { SnapshotPolicy } from '../policy.ts'
import type { Reading } from '../reading.ts'
import type { HospitalResult } from '../result.ts'
import { contributionSentences } from './contributions.ts'
import { NOT_AMONG, obstacleSentences } from './obstacle.ts'
import { lineSentences, lineSummary, neighbourSentence, type PeerNames, peerNames } from './peers.ts'
import { cutSentence } from './reason-points.ts'

/** An explanation in words, scores and weaknesses included: for officers only. */
interface ExplanationTexts {
  /** 100～199床の区分で第21位（支援枠19）のため、補欠第2位です。第19位との差は0.50点です。 */
  summary: string
  /** Whole sentences, the decision first. */
  sentences: string[]
}

/**
 * @param reading that the explanation is of
 * @param leftOut 初回選定で選定済みのため: which other round it is that keeps the hospital out, where it is known
 */
export function explanationTexts(
  explanation: Explanation,
  reading: Reading,
  leftOut?: string,
): ExplanationTexts {
  const { row, standing } = explanation
  const { place } = reading
  if (standing === null)
    return {
      summary: outSummary(row, reading, leftOut),
      sentences: [
        ...obstacleSentences(explanation, { policy: reading.snapshot.policy, place, leftOut }),
        ...ineffectiveMoveSentences(explanation),
        ...contributionSentences(explanation, reading.snapshot.policy),
      ],
    }
  const names = peerNames(reading)
  return {
    summary: decisionSummary(row, standing, names),
    sentences: [
      ...eligibleSentences(explanation, standing, { names, policy: reading.snapshot.policy }),
      cutSentence(reading, row.band!),
      ...lotSentences(row, reading),
    ],
  }
}

/** Put first or last among its equals it would be decided otherwise: whether it has been drawn or not. */
function lotSentences({ code, decision }: HospitalResult, { lots }: Reading): string[] {
  if (!lots().hanging.has(code)) return []
  return [`${decision === 'selected' ? '選定される' : '補欠となる'}かどうかは、抽選だけで決まります。`]
}

function outSummary(row: HospitalResult, { texts, place }: Reading, leftOut?: string): string {
  const label = labelOf(ineligibleReasons(place), row.reason!)
  switch (row.reason!) {
    case 'already_selected':
    case 'already_declined':
      return `${leftOut ?? `${label}のため`}、${NOT_AMONG}`
    case 'excluded':
      return `${label}のため、選定の対象になりません。`
    default:
      return `${texts.decision(row)}です。理由：${label}。`
  }
}

function decisionSummary(row: Explanation['row'], standing: Standing, names: PeerNames): string {
  const { seats } = standing.band
  const inBand = `${bandLabel(standing.band)}の区分で第${row.bandRank}位`
  const place = `${inBand}（${names.seats(seats)}）`
  switch (row.basis) {
    case 'designated':
      return `${names.place.kind}の指定により選定しています。${inBand}です。`
    case 'rank':
      return row.bandRank! <= seats
        ? `${place}のため、選定しています。`
        : `${place}ですが、全体の順位により選定しています。`
    case 'region_floor':
      return `${place}ですが、${row.region}医療圏の確保枠により選定しています。`
    case 'redistributed':
      return `${place}ですが、余った枠の再配分により選定しています。`
    case null:
      return waitingSummary(row, standing, names) + lineSummary(row, standing).join('')
  }
}

function waitingSummary(row: HospitalResult, standing: Standing, { place, seats }: PeerNames): string {
  const { band } = standing
  const waiting = `補欠第${row.waitlistPosition}位です。`
  if (band.seats === 0) return `${bandLabel(band)}の区分には枠がないため、${waiting}`
  const inBand = `${bandLabel(band)}の区分で第${row.bandRank}位（${seats(band.seats)}）`
  switch (waitingCause(row, standing)) {
    case 'floor':
      return `${inBand}ですが、医療圏の確保枠を優先したため、${waiting}`
    case 'designation':
      return `${inBand}ですが、${place.kind}の指定を優先したため、${waiting}`
    case 'seats':
      return `${inBand}のため、${waiting}`
  }
}

function eligibleSentences(
  explanation: Explanation,
  standing: Standing,
  { names, policy }: { names: PeerNames; policy: SnapshotPolicy },
): string[] {
  const { row } = explanation
  const place = `選定対象${standing.rankedOf}病院のうち第${row.rank}位、${bandLabel(standing.band)}の${standing.bandRankedOf}病院のうち第${row.bandRank}位です。`
  return [
    ...standingSentences(explanation, standing, names),
    `順位は、${place}`,
    ...moveSentences(explanation, standing, names.place),
    ...contributionSentences(explanation, policy),
  ]
}

function moveSentences(
  { move, row }: Explanation,
  { naturalRank }: Standing,
  { kind }: Prefecture,
): string[] {
  const change = `第${naturalRank}位から第${row.rank}位`
  const isChanged = naturalRank !== row.rank
  if (!move) return isChanged ? [`ほかの病院の順位を変更したため、${change}になっています。`] : []
  return isChanged
    ? [`${kind}の判断により、順位を${change}に変更しています（理由：${move.reason}）。`]
    : [`${kind}の判断による順位の変更を登録していますが、順位は変わっていません（理由：${move.reason}）。`]
}

function ineffectiveMoveSentences({ move }: Explanation): string[] {
  return move
    ? [`順位の変更（第${move.position}位へ）を登録していますが、選定の対象でないため反映されません。`]
    : []
}

/** Why it has a seat or none, what would change that, and what separates it from the next ones. */
function standingSentences({ candidate, row }: Explanation, standing: Standing, names: PeerNames): string[] {
  const { band, line, oneMoreSeat } = standing
  return [
    row.decision === 'selected'
      ? seatSentence(row, standing, { names, designation: candidate.override?.reason ?? '' })
      : waitingSentence(row, standing, names),
    ...floorSentences(row, standing, names),
    ...overtakenSentences(row, standing, names),
    ...(line ? lineSentences(row, standing, line, names) : []),
    ...(oneMoreSeat ? [`${bandLabel(band)}の枠があと1病院分あれば選定されます。`] : []),
    ...neighbourSentences(row, standing, names),
  ]
}

function seatSentence(
  row: HospitalResult,
  { band }: Standing,
  { names, designation }: { names: PeerNames; designation: string },
): string {
  switch (row.basis!) {
    case 'designated':
      return `${names.place.kind}の指定により選定しています（理由：${designation}）。`
    case 'rank':
      return row.bandRank! <= band.seats
        ? `${bandLabel(band)}の枠（${names.seats(band.seats)}）に入る順位のため、選定しています。`
        : '医療圏の確保枠の有無にかかわらず選定される順位のため、選定しています。'
    case 'region_floor':
      return `医療圏の確保枠により、${row.region}医療圏の病院として選定しています。`
    case 'redistributed':
      return 'ほかの病床規模区分で余った枠の再配分により、選定しています。'
  }
}

function waitingSentence(row: HospitalResult, standing: Standing, { place, seats }: PeerNames): string {
  const { band } = standing
  const waiting = `補欠第${row.waitlistPosition}位です。`
  switch (waitingCause(row, standing)) {
    case 'floor':
      return `医療圏の確保枠を優先したため、${waiting}`
    case 'designation':
      return `${place.kind}の指定を優先したため、${waiting}`
    case 'seats':
      return band.seats === 0
        ? `${bandLabel(band)}の区分には枠がないため、${waiting}`
        : `${bandLabel(band)}の枠（${seats(band.seats)}）に入らないため、${waiting}`
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
    ...sentence(names.names(designated, band), `${names.place.kind}の指定により`),
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
    return [
      neighbourSentence(neighbour, side, { name: names.name(neighbour.peer, band), kind: names.place.kind }),
    ]
  })
}
