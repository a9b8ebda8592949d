import type { Separation } from '../../domain/selection/explain/contest.ts'
import type { Neighbour, Standing } from '../../domain/selection/explain/standing.ts'
import { TIE_BREAKS } from '../../domain/selection/policy.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import { labelOf } from '../../domain/text/choice.ts'

/** A hospital that stands next to the one asked about. */
export interface NeighbourLine {
  /** 全体・区分内で1つ上 */
  place: string
  code: string
  name: string
  rank: number
  bandRank: number
  band: string
  score: string
  decision: string
  isSelected: boolean
  /** What separates the two: 5.00点, or the key that decided the tie. */
  difference: string
}

/** Next in the ranking and next in the band, each named once, from the top. */
export function neighbourLines({ snapshot, texts, bandLabel }: Reading, standing: Standing): NeighbourLine[] {
  return placed(standing)
    .sort((a, b) => a.neighbour.peer.row.rank! - b.neighbour.peer.row.rank!)
    .map(({ place, neighbour: { peer, separation } }) => ({
      place,
      code: peer.row.code,
      name: peer.name,
      rank: peer.row.rank!,
      bandRank: peer.row.bandRank!,
      band: bandLabel(peer.row.band),
      score: scoreText(peer.row.score),
      decision: texts.decision(peer.row),
      isSelected: peer.row.decision === 'selected',
      difference: differenceText(separation, snapshot),
    }))
}

function placed({ above, below, bandAbove, bandBelow }: Standing): { place: string; neighbour: Neighbour }[] {
  const sides = [
    { side: '上', overall: above, inBand: bandAbove },
    { side: '下', overall: below, inBand: bandBelow },
  ]
  return sides.flatMap(({ side, overall, inBand }) => {
    if (overall && inBand && overall.peer.row.code === inBand.peer.row.code)
      return [{ place: `全体・区分内で1つ${side}`, neighbour: overall }]
    return [
      { place: `全体で1つ${side}`, neighbour: overall },
      { place: `区分内で1つ${side}`, neighbour: inBand },
    ].flatMap(({ place, neighbour }) => (neighbour ? [{ place, neighbour }] : []))
  })
}

function differenceText({ by, gap }: Separation, { policy }: Snapshot): string {
  if (by === 'score') return `${scoreText(gap)}点`
  if (by === 'moved') return '順位の変更による'
  if (by === 'code' || !policy.tieBreak.includes(by)) return '点数同じ（医療機関コード順）'
  return `点数同じ（${labelOf(TIE_BREAKS, by)}）`
}
