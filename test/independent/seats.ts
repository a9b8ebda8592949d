import type { Input } from './form.ts'
import type { Entrant } from './standing.ts'

/** Who gets a seat. */

type Basis = 'designated' | 'rank' | 'region_floor' | 'redistributed'

/** How much still goes where: free seats by band, unmet floors by region. */
interface Room {
  seats: Map<string, number>
  floors: Map<string, number>
}

/** At most so many hospitals are looked at in all their subsets. */
const EXHAUSTIVE = 11

export function floorsOf(all: Entrant[], regionFloor: number): Map<string, number> {
  const regions = new Set(all.map(({ hospital }) => hospital.region))
  return new Map(
    [...regions].map((region) => {
      const here = all.filter(({ hospital }) => hospital.region === region)
      const held = here.filter(({ hospital }) => hospital.otherRound === 'selected').length
      const eligible = here.filter(({ reason }) => reason === null).length
      return [region, Math.min(Math.max(0, regionFloor - held), eligible)]
    }),
  )
}

const isDesignated = ({ hospital }: Entrant) => hospital.override?.kind === 'designate'

export function basisOf(all: Entrant[], order: Entrant[], policy: Input['policy']): Map<Entrant, Basis> {
  const actual = seated(all, order, policy)
  const without = seated(all, order, { ...policy, regionFloor: 0 })
  return new Map(
    [...actual].map(([entrant, by]) => {
      if (by !== 'walk') return [entrant, by]
      return [entrant, without.has(entrant) ? 'rank' : 'region_floor']
    }),
  )
}

function seated(
  all: Entrant[],
  order: Entrant[],
  policy: Input['policy'],
): Map<Entrant, 'designated' | 'walk' | 'redistributed'> {
  const given = new Map<Entrant, 'designated' | 'walk' | 'redistributed'>()
  const room: Room = {
    seats: new Map(policy.bands.map(({ id, seats }) => [id, seats])),
    floors: floorsOf(all, policy.regionFloor),
  }
  for (const entrant of order.filter(isDesignated)) {
    given.set(entrant, 'designated')
    room.seats.set(entrant.band!, Math.max(0, room.seats.get(entrant.band!)! - 1))
    room.floors.set(entrant.hospital.region, Math.max(0, room.floors.get(entrant.hospital.region)! - 1))
  }
  const others = order.filter((entrant) => !isDesignated(entrant))
  const taken = walk(others, room)
  if (others.length <= EXHAUSTIVE && !sameMembers(taken, bestOfAll(others, room)))
    throw new Error('the walk and the best of all subsets differ')
  for (const entrant of taken) given.set(entrant, 'walk')
  if (policy.shortfall === 'redistribute') {
    const free = [...room.seats].reduce((sum, [band, seats]) => sum + seats - inBand(taken, band).length, 0)
    const rest = order.filter((entrant) => !given.has(entrant))
    for (const entrant of rest.slice(0, free)) given.set(entrant, 'redistributed')
  }
  return given
}

const inBand = (entrants: Entrant[], id: string) => entrants.filter(({ band }) => band === id)
const inRegion = (entrants: Entrant[], name: string) =>
  entrants.filter(({ hospital }) => hospital.region === name)

function sameMembers(a: Entrant[], b: Entrant[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each))
}

/**
 * As the specification defines it: down the ranking, each where its band has a seat and M units can still be served. What can
 * be served is found anew at every step.
 */
function walk(others: Entrant[], room: Room): Entrant[] {
  const most = servable([], others, room)
  const taken: Entrant[] = []
  others.forEach((entrant, index) => {
    if (inBand(taken, entrant.band!).length >= room.seats.get(entrant.band!)!) return
    if (servable([...taken, entrant], others.slice(index + 1), room) === most) taken.push(entrant)
  })
  return taken
}

/** Floor units that those taken serve, and the most that some of the rest could serve beside them. */
function servable(taken: Entrant[], rest: Entrant[], room: Room): number {
  const served = [...room.floors].reduce(
    (sum, [name, floor]) => sum + Math.min(floor, inRegion(taken, name).length),
    0,
  )
  const left: Room = {
    seats: new Map([...room.seats].map(([id, seats]) => [id, seats - inBand(taken, id).length])),
    floors: new Map(
      [...room.floors].map(([name, floor]) => [name, Math.max(0, floor - inRegion(taken, name).length)]),
    ),
  }
  return served + largestCommon(rest, left).length
}

/**
 * The most hospitals of which no band has more than its seats and no region more than its floor: a largest common
 * independent set of two partition matroids, by shortest paths through the graph of exchanges.
 */
function largestCommon(pool: Entrant[], room: Room): Entrant[] {
  let chosen: Entrant[] = []
  for (;;) {
    const path = exchanges(pool, chosen, room)
    if (!path) return chosen
    const turned = new Set(path)
    chosen = pool.filter((each) => chosen.includes(each) !== turned.has(each))
  }
}

function exchanges(pool: Entrant[], chosen: Entrant[], { seats, floors }: Room): Entrant[] | null {
  const fitsBand = (set: Entrant[], { band }: Entrant) => inBand(set, band!).length < seats.get(band!)!
  const fitsRegion = (set: Entrant[], { hospital }: Entrant) =>
    inRegion(set, hospital.region).length < floors.get(hospital.region)!
  const without = (each: Entrant) => chosen.filter((other) => other !== each)
  const outside = pool.filter((each) => !chosen.includes(each))
  const before = new Map<Entrant, Entrant | null>()
  const queue = outside.filter((each) => fitsBand(chosen, each))
  for (const each of queue) before.set(each, null)
  for (const each of queue) {
    const isIn = chosen.includes(each)
    if (!isIn && fitsRegion(chosen, each)) return pathTo(each, before)
    const next = isIn
      ? outside.filter((other) => fitsBand(without(each), other))
      : chosen.filter((other) => fitsRegion(without(other), each))
    for (const other of next)
      if (!before.has(other)) {
        before.set(other, each)
        queue.push(other)
      }
  }
  return null
}

function pathTo(end: Entrant, before: Map<Entrant, Entrant | null>): Entrant[] {
  const previous = before.get(end)
  return previous ? [...pathTo(previous, before), end] : [end]
}

/**
 * The same by what it is good for: of all sets that fit into the seats, those that serve the most floor units, and of these the best
 * read from the top. Read as a binary number whose first digit is the first in rank, that is the greatest.
 */
function bestOfAll(others: Entrant[], { seats, floors }: Room): Entrant[] {
  let best = { served: -1, mask: -1 }
  for (let mask = 0; mask < 2 ** others.length; mask += 1) {
    const bands = new Map<string, number>()
    const regions = new Map<string, number>()
    others.forEach(({ band, hospital }, index) => {
      if (!has(mask, index, others.length)) return
      bands.set(band!, (bands.get(band!) ?? 0) + 1)
      regions.set(hospital.region, (regions.get(hospital.region) ?? 0) + 1)
    })
    if ([...bands].some(([id, count]) => count > seats.get(id)!)) continue
    const served = [...regions].reduce((sum, [name, count]) => sum + Math.min(count, floors.get(name)!), 0)
    if (served >= best.served) best = { served, mask }
  }
  return others.filter((_, index) => has(best.mask, index, others.length))
}

const has = (mask: number, index: number, length: number) => ((mask >> (length - 1 - index)) & 1) === 1
