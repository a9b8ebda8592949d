import type { Explanation } from '../explain/explain.ts'
import type { Peer, Standing } from '../explain/standing.ts'
import { bandLabel } from '../policy.ts'
import type { HospitalResult } from '../result.ts'
import { lineSentences, neighbourSentence } from './line.ts'
import type { PeerNames } from './names.ts'

/** Why it has a seat or none, what would change that, and what separates it from the next ones. */
export function standingSentences(
  { candidate, row }: Explanation,
  standing: Standing,
  names: PeerNames,
): string[] {
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
export function waitingCause({ bandRank }: HospitalResult, { band, floor }: Standing): WaitingCause {
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
