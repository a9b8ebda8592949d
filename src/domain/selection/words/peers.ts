import type { Prefecture } from '../../survey/prefecture.ts'
import { bandLabel } from '../bands.ts'
import type { Separation } from '../explain/contest.ts'
import type { Line, Neighbour, Peer, Standing } from '../explain/standing.ts'
import { onceFor } from '../once-for.ts'
import type { Reading } from '../reading.ts'
import type { HospitalResult } from '../result.ts'
import { scoreText, seatsText } from './decision.ts'

/** How a sentence about one hospital calls the others. */
export interface PeerNames {
  place: Prefecture
  /** 支援枠2, 追加の枠2 */
  seats(seats: number): string
  /** 試験第12病院（第19位）: its place in its band; with the band where that is another than `band`. */
  name(peer: Peer, band: string | null): string
  names(peers: readonly Peer[], band: string | null): string
  /** With its region before it. */
  regionalNames(peers: readonly Peer[], band: string | null): string
}

export const peerNames = onceFor(({ snapshot, place, bandLabel: labelOf }: Reading): PeerNames => {
  const bearers = Map.groupBy(snapshot.candidates, ({ name }) => name)
  const name: PeerNames['name'] = (peer, band) => {
    const { code, band: own, bandRank } = peer.row
    // Hospitals may share a name: only then the code says which one.
    const shared = bearers.get(peer.name)!.length > 1 ? `${code}、` : ''
    return `${peer.name}（${shared}${own === band ? '' : `${labelOf(own)} `}第${bandRank}位）`
  }
  return {
    place,
    seats: (seats) => seatsText(snapshot, seats),
    name,
    names: (peers, band) => peers.map((peer) => name(peer, band)).join('、'),
    regionalNames: (peers, band) =>
      peers.map((peer) => `${peer.row.region}医療圏の${name(peer, band)}`).join('、'),
  }
})

/** What a hospital would need for a seat, or what its seat hangs on. */
export function lineSentences(
  row: HospitalResult,
  standing: Standing,
  line: Line,
  names: PeerNames,
): string[] {
  const { band, bandRankedOf } = standing
  const { place } = names
  const label = bandLabel(band)
  if (line.kind === 'any')
    return bandRankedOf <= band.seats
      ? [`${label}の選定対象は枠の数以下のため、順位にかかわらず選定されます。`]
      : ['順位にかかわらず選定されます。']
  if (line.kind === 'no')
    return band.seats === 0
      ? [`${label}の区分には枠がないため、順位にかかわらず選定されません。`]
      : [
          `${label}の枠は${place.kind}の指定または医療圏の確保枠ですべて埋まるため、順位にかかわらず選定されません。`,
        ]
  const rival = names.name(line.rival, row.band)
  const difference = `（${differenceText(line.separation, place)}）`
  return row.decision === 'waitlisted'
    ? [`選定には${rival}より上の順位になることが必要です${difference}。`, ...lackSentences(line.points)]
    : [`${rival}より上の順位であれば選定されます${difference}。`, ...marginSentences(line.points)]
}

/** 第19位との差は0.50点です。 The end of a waiting hospital's summary. */
export function lineSummary(row: HospitalResult, { line }: Standing): string[] {
  if (line?.kind !== 'rank') return []
  const { rival, separation } = line
  const place = rival.row.band === row.band ? `第${rival.row.bandRank}位` : `全体第${rival.row.rank}位`
  if (separation.by === 'moved') return [`${place}との差は、順位の変更によるものです。`]
  if (separation.by === 'score') return [`${place}との差は${scoreText(separation.gap)}点です。`]
  return [`${place}とは点数が同じで、差は${KEYS[separation.by]}です。`]
}

/** What separates a hospital from the next one of its band, above it or below it. */
export function neighbourSentence(
  { separation: { by, gap } }: Neighbour,
  side: 'above' | 'below',
  { name, kind }: { name: string; kind: Prefecture['kind'] },
): string {
  const other = `区分内で1つ${side === 'above' ? '上' : '下'}の${name}`
  const place = side === 'above' ? '下' : '上'
  if (by === 'moved') return `${other}とは、${kind}の判断による順位の変更により${place}の順位です。`
  if (by !== 'score') return `${other}とは点数が同じで、${KEYS[by]}により${place}の順位です。`
  return `${other}より点数が${scoreText(gap)}点${side === 'above' ? '低く' : '高く'}なっています。`
}

const KEYS: Record<Exclude<Separation['by'], 'score' | 'moved'>, string> = {
  beds: '許可病床数',
  submittedAt: '回答の早さ',
  lottery: '抽選',
  code: '医療機関コードの順',
}

function differenceText({ by, gap }: Separation, { kind }: Prefecture): string {
  if (by === 'moved') return `${kind}の判断による順位の変更のため`
  return by === 'score' ? `点数の差は${scoreText(gap)}点` : `点数は同じで、差は${KEYS[by]}`
}

function lackSentences(points: number | null): string[] {
  return points === null ? [] : [`点数があと${scoreText(points)}点高ければ選定されます。`]
}

function marginSentences(points: number | null): string[] {
  if (points === null) return []
  return [
    points === 0
      ? '点数が少しでも低ければ選定されません。'
      : `点数が${scoreText(points)}点低くても選定されます。`,
  ]
}
