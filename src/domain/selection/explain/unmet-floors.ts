import type { Reading } from '../reading.ts'
import { placesWithOneMoreSeat } from './contest.ts'

/** A region whose floor is not met, and what one seat more would have done for it. */
export interface UnmetFloor {
  region: string
  floor: number
  shortfall: number
  /** The bands, in their order, where one seat more would be enough. */
  enough: string[]
  /** Those where it would leave the region less short, but short. */
  eased: { band: string; shortfall: number }[]
}

/** What would have been enough for the regions' floors. */
export interface UnmetFloors {
  /** In order of the regions' names. */
  unmet: UnmetFloor[]
  /** Regions that the floor asks for, and of which no hospital is eligible: no seat could help them. */
  withoutEligible: string[]
}

const known = new WeakMap<Reading['snapshot'], UnmetFloors>()

/**
 * Selects again with one seat more in each band: one run serves all regions. Worked out once for each selection, as it was
 * first made: before anybody declined.
 */
export function unmetFloorsOf(reading: Pick<Reading, 'snapshot' | 'result' | 'contest'>): UnmetFloors {
  const found = known.get(reading.snapshot) ?? workedOut(reading)
  known.set(reading.snapshot, found)
  return found
}

function workedOut({
  snapshot,
  result,
  contest,
}: Pick<Reading, 'snapshot' | 'result' | 'contest'>): UnmetFloors {
  const short = result.regions.filter(({ shortfall }) => shortfall > 0)
  const { regionFloor, bands } = snapshot.policy
  const withoutEligible = result.regions
    .filter(({ id, eligible }) => eligible === 0 && regionFloor > heldIn(snapshot, id))
    .map(({ id }) => id)
  if (short.length === 0) return { unmet: [], withoutEligible }
  const runs = bands.map(({ id }, band) => ({ band: id, selectedIn: selectedByRegion(contest(), band) }))
  const unmet = short.map(({ id: region, floor, shortfall }): UnmetFloor => {
    const left = runs.map(({ band, selectedIn }) => ({
      band,
      shortfall: Math.max(0, floor - (selectedIn.get(region) ?? 0)),
    }))
    return {
      region,
      floor,
      shortfall,
      enough: left.filter((each) => each.shortfall === 0).map(({ band }) => band),
      eased: left.filter((each) => each.shortfall > 0 && each.shortfall < shortfall),
    }
  })
  return { unmet, withoutEligible }
}

function heldIn({ candidates }: Reading['snapshot'], region: string): number {
  return candidates.filter((each) => each.region === region && each.otherRound === 'selected').length
}

function selectedByRegion(contest: ReturnType<Reading['contest']>, band: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (const place of placesWithOneMoreSeat(contest, band)) {
    const { region } = contest.ranked[place]!.entrant.candidate
    counts.set(region, (counts.get(region) ?? 0) + 1)
  }
  return counts
}
