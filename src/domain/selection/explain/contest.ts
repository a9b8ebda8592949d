import { type Allotment, allot, walk } from '../allotment.ts'
import { type Field, fieldOf } from '../field.ts'
import { withMoves } from '../moves.ts'
import { onceFor } from '../once-for.ts'
import { type Ranked, type RankKey, rank, separatingKey, tieComparison } from '../rank.ts'
import type { Snapshot } from '../snapshot.ts'

/** One selection with what an explanation looks back at. Places are positions in `ranked`, from 0. */
export interface Contest {
  snapshot: Snapshot
  field: Field
  /** As the points and the tie-break have it. */
  natural: readonly Ranked[]
  /** With the moves by hand. */
  ranked: readonly Ranked[]
  /** By place. */
  readonly allotment: Allotment
  /** By place, with the floors off. */
  readonly withoutFloors: Allotment
}

export function contestOf(snapshot: Snapshot): Contest {
  const { policy, moves = [] } = snapshot
  const field = fieldOf(snapshot)
  const natural = rank(field, policy)
  const ranked = withMoves(natural, moves, ({ entrant }) => entrant.candidate.code)
  let [allotment, withoutFloors]: [Allotment?, Allotment?] = []
  return {
    snapshot,
    field,
    natural,
    ranked,
    // Worked out when first asked for: most who ask want the ranking alone.
    get allotment() {
      allotment ??= allot(field, ranked, policy)
      return allotment
    },
    get withoutFloors() {
      withoutFloors ??= allot(field, ranked, { ...policy, regionFloor: 0 })
      return withoutFloors
    },
  }
}

/** Why one hospital stands above another. */
export interface Separation {
  /** `moved`: by points and tie-break it would stand below. */
  by: RankKey | 'moved'
  /** The upper one's score less the lower one's, in hundredths of a point. */
  gap: number
}

export function separationOf({ field, snapshot }: Contest, upper: Ranked, lower: Ranked): Separation {
  const { tieBreak } = snapshot.policy
  const gap = upper.score - lower.score
  const inOrder = gap > 0 || (gap === 0 && tieComparison(field, tieBreak)(upper.entrant, lower.entrant) < 0)
  return { by: inOrder ? separatingKey(field, tieBreak, upper, lower) : 'moved', gap }
}

/** Who of the others would have a seat if a band had one more. Worked out once for each band. */
export function placesWithOneMoreSeat(contest: Contest, band: number): ReadonlySet<number> {
  const known = eased(contest)
  const places = known.get(band) ?? easedPlaces(contest, band)
  known.set(band, places)
  return places
}

const eased = onceFor((_: Contest) => new Map<number, ReadonlySet<number>>())

function easedPlaces({ field, ranked, snapshot }: Contest, band: number): ReadonlySet<number> {
  const bands = field.bands.map((each, index) => (index === band ? { ...each, seats: each.seats + 1 } : each))
  const seated = walk({ ...field, bands }, ranked, snapshot.policy)
  return new Set(ranked.keys().filter((place) => seated[place] !== null))
}

/**
 * The seats that the floors gave to others than the ranking alone would have: as many carried as displaced. They
 * change hands within a band; where seats are redistributed, among all of them.
 * @param band the band asked about
 */
export function floorExchange(contest: Contest, band: number): FloorExchange {
  const known = exchanges(contest)
  const exchange = known.get(band) ?? exchangeIn(contest, band)
  known.set(band, exchange)
  return exchange
}

interface FloorExchange {
  carried: ReadonlySet<Ranked>
  displaced: ReadonlySet<Ranked>
}

const exchanges = onceFor((_: Contest) => new Map<number, FloorExchange>())

function exchangeIn({ ranked, allotment, withoutFloors }: Contest, band: number): FloorExchange {
  const amongAll = withoutFloors.includes('redistributed')
  const concerned = (place: number) => amongAll || ranked[place]!.entrant.band === band
  const among = (had: Allotment, has: Allotment) =>
    new Set(ranked.filter((_, place) => concerned(place) && had[place] === null && has[place] !== null))
  return { carried: among(withoutFloors, allotment), displaced: among(allotment, withoutFloors) }
}
