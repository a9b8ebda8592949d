import { bandLabel } from '../bands.ts'
import type { Separation } from '../explain/contest.ts'
import type { Line, Neighbour, Peer, Standing } from '../explain/standing.ts'
import type { Reading } from '../reading.ts'
import type { HospitalResult } from '../result.ts'
import { scoreText } from './decision.ts'

/** How a sentence about one hospital calls the others. */
export interface PeerNames {
  /** 試験第12病院（第19位）: its place in its band; with the band where that is another than `band`. */
  name(peer: Peer, band: string | null): string
  names(peers: readonly Peer[], band: string | null): string
  /** With its region before it. */
  regionalNames(peers: readonly Peer[], band: string | null): string
}

export function peerNames({ snapshot, bandLabel: labelOf }: Reading): PeerNames {
  const bearers = Map.groupBy(snapshot.candidates, ({ name }) => name)
  const name: PeerNames['name'] = (peer, band) => {
    const { code, band: own, bandRank } = peer.row
    // Hospitals may share a name: only then the code says which one.
    const shared = bearers.get(peer.name)!.length > 1 ? `${code}、` : ''
    return `${peer.name}（${shared}${own === band ? '' : `${labelOf(own)} `}第${bandRank}位）`
  }
  return {
    name,
    names: (peers, band) => peers.map((peer) => name(peer, band)).join('、'),
    regionalNames: (peers, band) =>
      peers.map((peer) => `${peer.row.region}医療圏の${name(peer, band)}`).join('、'),
  }
}

/** What a hospital would need for a seat, or what its seat hangs on. */
export function lineSentences(
  row: HospitalResult,
  standing: Standing,
  line: Line,
  names: PeerNames,
): string[] {
  const { band, bandRankedOf } = standing
  const label = bandLabel(band)
  if (line.kind === 'any')
    return bandRankedOf <= band.seats
      ? [`${label}の対象病院は支援枠以内のため、順位にかかわらず選定されます。`]
      : ['順位にかかわらず選定されます。']
  if (line.kind === 'no')
    return band.seats === 0
      ? [`${label}には支援枠がないため、順位にかかわらず選定されません。`]
      : [`${label}の支援枠は県の指定または医療圏の確保枠ですべて埋まるため、順位にかかわらず選定されません。`]
  const rival = names.name(line.rival, row.band)
  const difference = `（${differenceText(line.separation)}）`
  return row.decision === 'waitlisted'
    ? [`選定には${rival}より上の順位になることが必要です${difference}。`, ...lackSentences(line.points)]
    : [`${rival}より上の順位であれば選定されます${difference}。`, ...marginSentences(line.points)]
}

/** …第19位との差は0.50点: the end of a waiting hospital's summary. */
export function lineSummary(row: HospitalResult, { line }: Standing): string[] {
  if (line?.kind !== 'rank') return []
  const { rival, separation } = line
  const place = rival.row.band === row.band ? `第${rival.row.bandRank}位` : `全体第${rival.row.rank}位`
  if (separation.by === 'moved') return [`${place}とは順位の変更による差`]
  if (separation.by === 'score') return [`${place}との差は${scoreText(separation.gap)}点`]
  return [`${place}との差は${KEYS[separation.by]}（点数同じ）`]
}

/** What separates a hospital from the next one of its band, above it or below it. */
export function neighbourSentence(
  { separation: { by, gap } }: Neighbour,
  side: 'above' | 'below',
  name: string,
): string {
  const other = `区分内で一つ${side === 'above' ? '上' : '下'}の${name}`
  const place = side === 'above' ? '下' : '上'
  if (by === 'moved') return `${other}とは、県の判断による順位の変更により${place}の順位です。`
  if (by !== 'score') return `${other}とは点数が同じで、${KEYS[by]}により${place}の順位です。`
  return `${other}より点数が${scoreText(gap)}点${side === 'above' ? '低く' : '高く'}なっています。`
}

const KEYS: Record<Exclude<Separation['by'], 'score' | 'moved'>, string> = {
  beds: '許可病床数',
  submittedAt: '回答の早さ',
  lottery: '抽選',
  code: '医療機関コードの順',
}

function differenceText({ by, gap }: Separation): string {
  if (by === 'moved') return '県の判断による順位の変更のため'
  return by === 'score' ? `点数の差は${scoreText(gap)}点` : `点数は同じで、差は${KEYS[by]}`
}

function lackSentences(points: number | null): string[] {
  return points === null ? [] : [`点数があと${scoreText(points)}点高ければ選定されます。`]
}

function marginSentences(points: number | null): string[] {
  if (points === null) return []
  return [points === 0 ? '点数の余裕はありません。' : `点数には${scoreText(points)}点の余裕があります。`]
}
