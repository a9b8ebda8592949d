import { onceFor } from '../once-for.ts'
import type { Ranked } from '../rank.ts'
import type { Contest } from './contest.ts'

/** Hospitals that a move by hand put on another side of any other hospital. All the rest keep their natural order among them. */
export const movedByHand = onceFor(({ snapshot, natural, ranked }: Contest): ReadonlySet<string> => {
  const codes = (snapshot.moves ?? []).map(({ code }) => code)
  return new Set(codes.filter((code) => !isSame(above(natural, code), above(ranked, code))))
})

function above(list: readonly Ranked[], code: string): Set<string> {
  const all = list.map(({ entrant }) => entrant.candidate.code)
  return new Set(all.slice(0, Math.max(0, all.indexOf(code))))
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && one.isSubsetOf(other)
}

/** Whether moves by hand changed the order of a band. @param band its position in the field */
export function isOrderedByHand(contest: Contest, band: number): boolean {
  return bandsOrderedByHand(contest).has(band)
}

const bandsOrderedByHand = onceFor(({ natural, ranked }: Contest): ReadonlySet<number> => {
  const [before, after] = [byBand(natural), byBand(ranked)]
  return new Set(
    before.keys().filter((band) => before.get(band)!.some((each, at) => each !== after.get(band)![at])),
  )
})

function byBand(list: readonly Ranked[]): Map<number, Ranked[]> {
  return Map.groupBy(list, ({ entrant }) => entrant.band)
}
