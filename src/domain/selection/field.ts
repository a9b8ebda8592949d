import { sha256Hex } from '../text/canonical.ts'
import { compareText } from '../text/text-order.ts'
import type { Band } from './bands.ts'
import { bandIndexOf } from './bands.ts'
import { type IneligibleReason, ineligibilityOf } from './eligibility.ts'
import { regionFactsOf, type Values, valuesOf } from './score.ts'
import type { Candidate, Snapshot } from './snapshot.ts'

/** A hospital with everything worked out that the points, the floors and the tie-break cannot change. */
export interface Entrant {
  candidate: Candidate
  /** Null = eligible. */
  reason: IneligibleReason | null
  /** Eligible and designated by the prefecture: it has its seat before the walk. */
  designated: boolean
  /** Position in `Field.bands`; -1 where the beds lie in none. */
  band: number
  /** Position in `Field.regions`. */
  region: number
  values: Values
  /** Milliseconds; null without an answer. */
  submittedAt: number | null
}

/** The hospitals of one snapshot, prepared once so that many policies' points can be tried on them. */
export interface Field {
  /** In the order of the snapshot. */
  entrants: readonly Entrant[]
  bands: readonly Band[]
  /** Names, by code point. */
  regions: readonly string[]
  /** Of each region, how many of its hospitals hold a seat of another round: its floor asks for so many less. */
  heldByRegion: readonly number[]
  /** The hospital's lot, SHA-256 hex of `lotterySeed:code`: worked out when first asked for. */
  lotOf(entrant: Entrant): string
}

/**
 * Works out what the points cannot change. The result stays right for every policy that differs from the
 * snapshot's in `criteria`, the questions' `points`, `tieBreak`, `regionFloor` or `shortfall` only.
 */
export function fieldOf({ policy, candidates }: Pick<Snapshot, 'policy' | 'candidates'>): Field {
  const facts = regionFactsOf(candidates)
  const regions = [...facts.keys()].sort(compareText)
  const regionAt = new Map(regions.map((name, index) => [name, index]))
  const entrants = candidates.map((candidate): Entrant => {
    const band = bandIndexOf(policy.bands, candidate.beds)
    const reason = ineligibilityOf(candidate, band >= 0, policy.supportPeriodEnd, policy)
    return {
      candidate,
      reason,
      designated: reason === null && candidate.override?.kind === 'designate',
      band,
      region: regionAt.get(candidate.region)!,
      values: valuesOf(candidate, facts.get(candidate.region)!, policy.unknownValue, policy.questions),
      submittedAt: candidate.submission && Date.parse(candidate.submission.submittedAt),
    }
  })
  const heldByRegion = regions.map(() => 0)
  for (const { candidate, region } of entrants)
    if (candidate.otherRound === 'selected') heldByRegion[region]! += 1
  return { entrants, bands: policy.bands, regions, heldByRegion, lotOf: lottery(policy.lotterySeed) }
}

/** What each region's floor still asks for, however many of its hospitals could meet it. */
export function floorsLeft({ heldByRegion }: Field, regionFloor: number): number[] {
  return heldByRegion.map((held) => Math.max(0, regionFloor - held))
}

function lottery(seed: string): Field['lotOf'] {
  const lots = new Map<Entrant, string>()
  return (entrant) => {
    const known = lots.get(entrant)
    if (known !== undefined) return known
    const lot = sha256Hex(`${seed}:${entrant.candidate.code}`)
    lots.set(entrant, lot)
    return lot
  }
}
