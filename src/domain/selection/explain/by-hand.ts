import type { Ranked } from '../rank.ts'
import type { Contest } from './contest.ts'

/** Hospitals that a move by hand put on another side of any other hospital. All the rest keep their natural order among them. */
export function movedByHand(contest: Contest): ReadonlySet<string> {
  const known = moved.get(contest) ?? computed(contest)
  moved.set(contest, known)
  return known
}

const moved = new WeakMap<Contest, ReadonlySet<string>>()

function computed({ snapshot, natural, ranked }: Contest): Set<string> {
  const codes = (snapshot.moves ?? []).map(({ code }) => code)
  return new Set(codes.filter((code) => !isSame(above(natural, code), above(ranked, code))))
}

function above(list: readonly Ranked[], code: string): Set<string> {
  const all = list.map(({ entrant }) => entrant.candidate.code)
  return new Set(all.slice(0, Math.max(0, all.indexOf(code))))
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && one.isSubsetOf(other)
}

/** Whether moves by hand changed the order of a band. @param band its position in the field */
export function isOrderedByHand({ natural, ranked }: Contest, band: number): boolean {
  const ofBand = (list: readonly Ranked[]) => list.filter(({ entrant }) => entrant.band === band)
  const ordered = ofBand(ranked)
  return ofBand(natural).some((each, at) => each.entrant !== ordered[at]!.entrant)
}
