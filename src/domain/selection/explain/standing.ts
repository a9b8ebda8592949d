import type { Band } from '../bands.ts'
import { onceFor } from '../once-for.ts'
import { type Ranked, tieComparison } from '../rank.ts'
import type { HospitalResult } from '../result.ts'
import {
  type Contest,
  floorExchange,
  placesWithOneMoreSeat,
  type Separation,
  separationOf,
} from './contest.ts'
import { rivalOf } from './rival.ts'

/** Where an eligible hospital stands among the others. */
export interface Standing {
  band: Band
  /** Eligible hospitals, of all bands and of this one. */
  rankedOf: number
  bandRankedOf: number
  /** 1..n by points and tie-break alone, before any move by hand. */
  naturalRank: number
  /** Next to it in the ranking, and among its band. */
  above: Neighbour | null
  below: Neighbour | null
  bandAbove: Neighbour | null
  bandBelow: Neighbour | null
  /** 当落線; null for a designated hospital, whose seat does not hang on its rank. */
  line: Line | null
  /** Waiting, and selected if the band had one seat more. */
  oneMoreSeat: boolean
  /** Waiting, while these of its band have a seat although they rank below it. */
  overtakenBy: Peer[]
  floor: FloorEffect | null
}

/** Another hospital's line of the result, with its name. */
export interface Peer {
  name: string
  row: HospitalResult
}

export interface Neighbour {
  peer: Peer
  /** Of the upper one from the lower one. */
  separation: Separation
}

export type Line =
  /** It has a seat at `any` rank, or at `no` rank, not even at the top. */
  | { kind: 'any' }
  | { kind: 'no' }
  /** It has a seat exactly where it ranks above the rival. */
  | { kind: 'rank'; rival: Peer; separation: Separation; points: number | null }

/** What the floors changed, where they changed it for this hospital. */
interface FloorEffect {
  /** `carried`: it has its seat only by its region's floor. `displaced`: it would have one without the floors. */
  role: 'carried' | 'displaced'
  /** Everyone among whom seats changed hands: as many who came in as dropped out. */
  carried: Peer[]
  displaced: Peer[]
}

/** @param place in the ranking, from 0 */
export function standingOf(contest: Contest, place: number, peer: (ranked: Ranked) => Peer): Standing {
  const { ranked, allotment, field } = contest
  const self = ranked[place]!
  const { band, designated } = self.entrant
  const { naturalRanks, bandPlaces, ofBands } = placesOf(contest)
  const ofBand = ofBands.get(band)!
  const bandPlace = bandPlaces.get(self)!
  const waiting = allotment[place] === null
  const beside = (other: Ranked | undefined, step: 1 | -1): Neighbour | null => {
    if (!other) return null
    const [upper, lower] = step < 0 ? [other, self] : [self, other]
    return { peer: peer(other), separation: separationOf(contest, upper, lower) }
  }
  return {
    band: field.bands[band]!,
    rankedOf: ranked.length,
    bandRankedOf: ofBand.length,
    naturalRank: naturalRanks.get(self)!,
    above: beside(ranked[place - 1], -1),
    below: beside(ranked[place + 1], 1),
    bandAbove: beside(ofBand[bandPlace - 1], -1),
    bandBelow: beside(ofBand[bandPlace + 1], 1),
    line: designated ? null : lineOf(contest, place, peer),
    oneMoreSeat: waiting && placesWithOneMoreSeat(contest, band).has(place),
    overtakenBy: waiting ? seatedBelow(contest, place).map(peer) : [],
    floor: floorEffect(contest, self, peer),
  }
}

/** Of everybody, so that nobody has to be looked for. */
const placesOf = onceFor(({ natural, ranked, allotment }: Contest) => {
  const ofBands = Map.groupBy(ranked, ({ entrant }) => entrant.band)
  const seated = ranked.keys().filter((place) => allotment[place] !== null)
  return {
    naturalRanks: new Map(natural.map((each, at) => [each, at + 1])),
    ofBands,
    bandPlaces: new Map([...ofBands.values()].flatMap((ofBand) => ofBand.map((each, at) => [each, at]))),
    /** Places, by band. */
    seated: Map.groupBy(seated, (place) => ranked[place]!.entrant.band),
  }
})

/** Those of its band that have a seat. */
function seatedBelow(contest: Contest, place: number): Ranked[] {
  const { ranked } = contest
  const seated = placesOf(contest).seated.get(ranked[place]!.entrant.band) ?? []
  return seated.slice(seated.findLastIndex((each) => each < place) + 1).map((each) => ranked[each]!)
}

function lineOf(contest: Contest, place: number, peer: (ranked: Ranked) => Peer): Line {
  const rival = rivalOf(contest, place)
  if (typeof rival === 'string') return { kind: rival }
  const self = contest.ranked[place]!
  const waiting = contest.allotment[place] === null
  const [upper, lower] = waiting ? [rival, self] : [self, rival]
  const separation = separationOf(contest, upper, lower)
  // A changed score would shift everyone between two moves: how far it carries is not known without trying.
  const isMoved = contest.snapshot.moves !== undefined && contest.snapshot.moves.length > 0
  const points = isMoved ? null : pointsAcross(contest, self, { rival, separation, isAbove: !waiting })
  return { kind: 'rank', rival: peer(rival), separation, points }
}

/**
 * In hundredths of a point: the fewest that a waiting hospital lacks, or the most that a selected one can spare,
 * with all other scores as they are.
 */
function pointsAcross(
  { field, snapshot }: Contest,
  self: Ranked,
  { rival, separation: { gap }, isAbove }: { rival: Ranked; separation: Separation; isAbove: boolean },
): number {
  const winsTie = tieComparison(field, snapshot.policy.tieBreak)(self.entrant, rival.entrant) < 0
  if (isAbove) return winsTie ? gap : gap - 1
  return winsTie ? gap : gap + 1
}

function floorEffect(contest: Contest, self: Ranked, peer: (ranked: Ranked) => Peer): FloorEffect | null {
  const { carried, displaced } = floorExchange(contest, self.entrant.band)
  const role = carried.has(self) ? 'carried' : displaced.has(self) ? 'displaced' : null
  return role && { role, carried: Array.from(carried, peer), displaced: Array.from(displaced, peer) }
}
