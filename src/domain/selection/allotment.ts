import type { Prefecture } from '../survey/prefecture.ts'
import type { Choice } from '../text/choice.ts'
import { type Field, floorsLeft } from './field.ts'
import type { Policy } from './policy.ts'
import type { Ranked } from './rank.ts'
import { SeatFlow } from './seats.ts'

export const BASIS_IDS = ['designated', 'rank', 'region_floor', 'redistributed'] as const
export type Basis = (typeof BASIS_IDS)[number]
/** 選定区分: by which rule a hospital has its seat. */
export function basesOf({ kind }: Prefecture): readonly Choice<Basis>[] {
  return [
    { id: 'designated', label: `${kind}の指定` },
    { id: 'rank', label: '順位' },
    { id: 'region_floor', label: '医療圏の確保枠' },
    { id: 'redistributed', label: '余った枠の再配分' },
  ]
}

/** More designated hospitals than seats: nobody is dropped, but a round with a problem cannot be confirmed. */
export interface SeatProblem {
  kind: 'designated_over_seats'
  band: string
  over: number
}

/** Who has a seat: per position in the ranking, null without one. */
export type Allotment = (Basis | null)[]

type SeatRules = Pick<Policy, 'regionFloor' | 'shortfall'>

/**
 * Gives the seats to the ranked hospitals: the designated, the walk down the ranking, the redistribution.
 *
 * Readings: a designated hospital counts towards its region's floor. A band with more designated hospitals
 * than seats has no free seat, and takes none from another band. `rank` is the basis of whoever would have a
 * seat by any rule with the floors off, a redistributed one included.
 */
export function allot(field: Field, ranked: readonly Ranked[], rules: SeatRules): Allotment {
  const seated = walk(field, ranked, rules)
  if (rules.regionFloor === 0) return seated
  const withoutFloors = walk(field, ranked, { ...rules, regionFloor: 0 })
  return seated.map((basis, index) =>
    basis === 'rank' && withoutFloors[index] === null ? 'region_floor' : basis,
  )
}

export function seatProblemsOf(field: Field): SeatProblem[] {
  const designated = designatedByBand(field)
  return field.bands.flatMap(({ id, seats }, band): SeatProblem[] => {
    const over = designated[band]! - seats
    return over > 0 ? [{ kind: 'designated_over_seats', band: id, over }] : []
  })
}

/** All three steps; whoever the walk takes has `rank` for a basis here: enough where only who has a seat is asked. */
export function walk(field: Field, ranked: readonly Ranked[], rules: SeatRules): Allotment {
  const flow = flowAfterDesignation(field, ranked, rules.regionFloor)
  const allotment = ranked.map(({ entrant: { designated, band, region } }): Basis | null => {
    if (designated) return 'designated'
    return flow.offer(band, region) ? 'rank' : null
  })
  if (rules.shortfall === 'redistribute') redistribute(allotment, flow.freeSeats)
  return allotment
}

/** Where the walk starts: the designated have their seats. */
export function flowAfterDesignation(field: Field, ranked: readonly Ranked[], regionFloor: number): SeatFlow {
  const designated = designatedByBand(field)
  // A region with fewer hospitals than the floor lacks no more than it has: the flow is as wide as they are.
  const lacking = floorsLeft(field, regionFloor)
  const waiting = field.bands.map(() => field.regions.map(() => 0))
  for (const { entrant } of ranked) {
    if (entrant.designated) lacking[entrant.region] = Math.max(0, lacking[entrant.region]! - 1)
    else waiting[entrant.band]![entrant.region]! += 1
  }
  const free = field.bands.map(({ seats }, band) => Math.max(0, seats - designated[band]!))
  return new SeatFlow({ free, lacking, waiting })
}

function designatedByBand(field: Field): number[] {
  const counts = field.bands.map(() => 0)
  for (const { designated, band } of field.entrants) if (designated) counts[band]! += 1
  return counts
}

/** Seats are left only in bands whose eligible hospitals all have one: they go to the best of the rest. */
function redistribute(allotment: Allotment, seats: number): void {
  let left = seats
  for (let index = 0; index < allotment.length && left > 0; index += 1) {
    if (allotment[index] !== null) continue
    allotment[index] = 'redistributed'
    left -= 1
  }
}
