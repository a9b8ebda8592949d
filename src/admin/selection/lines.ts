import type { Reading } from '../../domain/selection/reading.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import { stabilityMark } from '../../domain/selection/words/stability.ts'
import { hospitalPath } from '../list/cell.ts'
import { type BarSegment, barWords, familyBar, familyScores } from '../score-bars.ts'

/** One hospital of the ranking as its page draws it. */
export interface RankedLine {
  code: string
  rank: number
  name: string
  href: string
  region: string
  /** 20～99床（90床） */
  size: string
  score: string
  bar: BarSegment[]
  /** The bar to be heard: 診療機能 15.00点、地域での役割 3.20点 */
  barText: string
  /** 97％, where other points would decide otherwise. */
  otherwise: string | null
  isSelected: boolean
  decision: string
  /** The draw will settle its place. */
  isUndrawn: boolean
  reason: string
  /** 点数では第5位。離島の拠点 */
  moved: string | null
  /** Put before the hospital above it, or behind the one below; null where there is none. */
  up: string | null
  down: string | null
  /** Below the last selected hospital of its band. */
  cut: string | null
}

/** A hospital by its decision, its reason and its points. The bars are of one scale: the longest is the highest score. */
export function rankedLines(
  reading: Reading,
  stability: Stability | null,
  undrawn: ReadonlySet<string>,
): (row: HospitalResult) => Omit<RankedLine, 'up' | 'down' | 'cut'> {
  const { candidate, bandLabel, texts, snapshot, highestScore, move, naturalRank } = reading
  const scoresOf = familyScores(snapshot.policy)
  return (row) => {
    const { code, band, region, score, values, rank } = row
    const { name, beds } = candidate(code)
    const scores = scoresOf(values)
    const mark = stability && stabilityMark(stability, code)
    const moved = move(code)
    const basis = row.basis === 'rank' ? null : texts.basis(row)
    const why = texts.why(row)
    return {
      code,
      rank: rank!,
      name,
      href: hospitalPath(code),
      region,
      size: `${bandLabel(band)}（${beds}床）`,
      score: scoreText(score),
      bar: familyBar(scores, highestScore),
      barText: barWords(scores.map(({ label, score }) => ({ label, score: scoreText(score) }))),
      otherwise: mark?.isOnTheLine ? mark.percent : null,
      isSelected: row.decision === 'selected',
      decision: texts.decision(row),
      isUndrawn: undrawn.has(code),
      reason: basis ? `${basis}：${why}` : why,
      moved: moved ? `点数では第${naturalRank(code)}位。${moved.reason}` : null,
    }
  }
}

/** Below the last selected hospital of a band: 20～99床の支援枠 23病院分は、ここまで. */
export function cutBelow({ rows, bands, bandLabel, snapshot }: Reading): (code: string) => string | null {
  const room = snapshot.round > 1 ? '追加の枠' : '支援枠'
  const cuts = new Map(
    bands.flatMap(({ id, seats, selected }): [code: string, text: string][] => {
      const last = rows.findLast(({ band, decision }) => band === id && decision === 'selected')
      if (!last) return []
      const given = selected === seats ? '' : `（選定は${selected}病院）`
      return [[last.code, `${bandLabel(id)}の${room} ${seats}病院分は、ここまで${given}`]]
    }),
  )
  return (code) => cuts.get(code) ?? null
}

/** Within what is shown: with one band chosen, past its neighbour in the band. */
export function besides(rows: readonly HospitalResult[], index: number): Pick<RankedLine, 'up' | 'down'> {
  const path = hospitalPath(rows[index]!.code)
  const to = (other: HospitalResult | undefined) => (other ? `${path}/move?position=${other.rank}` : null)
  return { up: to(rows[index - 1]), down: to(rows[index + 1]) }
}
