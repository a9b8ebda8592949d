import { labelOf } from '../../text/choice.ts'
import { INELIGIBLE_REASONS } from '../eligibility.ts'
import { bandLabel } from '../policy.ts'
import type { HospitalResult, SelectionResult } from '../result.ts'
import type { Snapshot } from '../snapshot.ts'
import { scoreText, selectionTexts } from './decision.ts'

export interface RankingLine {
  code: string
  name: string
  region: string
  beds: number
  bandId: string | null
  band: string
  rank: number | null
  bandRank: number | null
  order: number | null
  score: string
  decision: HospitalResult['decision']
  decisionText: string
  /** 選定区分; null without a seat. */
  basis: string | null
  why: string
  reason: HospitalResult['reason']
  reasonLabel: string
  /** Below this line nobody of the band has a seat: 20～99床の選定はここまで（23病院）. */
  cut: string | null
}

/** The result a line a hospital, in words: the eligible by rank, then the others by code. */
export function rankingLines(snapshot: Snapshot, result: SelectionResult): RankingLine[] {
  return result.results.map(rankingLineOf(snapshot, result))
}

/** Prepares a result once, then puts any of its lines into words. */
export function rankingLineOf(
  snapshot: Snapshot,
  result: SelectionResult,
): (row: HospitalResult) => RankingLine {
  const candidates = new Map(snapshot.candidates.map((candidate) => [candidate.code, candidate]))
  const bands = new Map(snapshot.policy.bands.map((band) => [band.id, bandLabel(band)]))
  const texts = selectionTexts(snapshot, result)
  const cuts = cutsOf(result)
  return (row) => {
    const { name, beds } = candidates.get(row.code)!
    const band = row.band === null ? '区分外' : bands.get(row.band)!
    const cut = cuts.get(row.code)
    return {
      code: row.code,
      name,
      region: row.region,
      beds,
      bandId: row.band,
      band,
      rank: row.rank,
      bandRank: row.bandRank,
      order: row.order,
      score: scoreText(row.score),
      decision: row.decision,
      decisionText: texts.decision(row),
      basis: texts.basis(row),
      why: texts.why(row),
      reason: row.reason,
      reasonLabel: row.reason === null ? '' : labelOf(INELIGIBLE_REASONS, row.reason),
      cut: cut === undefined ? null : `${band}の選定はここまで（${cut}病院）`,
    }
  }
}

/** The last selected hospital of every band, with how many the band has. */
function cutsOf({ results, bands }: SelectionResult): Map<string, number> {
  return new Map(
    bands.flatMap(({ id, selected }): [string, number][] => {
      const last = results.findLast(({ band, decision }) => band === id && decision === 'selected')
      return last ? [[last.code, selected]] : []
    }),
  )
}
