import { compareText } from '../../text/text-order.ts'
import { allot } from '../allotment.ts'
import { withMoves } from '../moves.ts'
import { type Ranked, separatingKey } from '../rank.ts'
import type { Contest } from './contest.ts'

/** What the lot decides in one selection, whatever was drawn. */
export interface LotEffect {
  /** Codes of the hospitals that the lot orders among others: equal in the score and in every key before it. */
  tied: ReadonlySet<string>
  /** Codes of those whose decision hangs on it: one that has a seat, or one that waits. */
  hanging: ReadonlySet<string>
}

/**
 * A decision hangs on the lot where the hospital, put first and then last of its tied group, gets two decisions. All
 * others that the lot orders stand by their codes meanwhile: so the answer is the same before the draw and after it.
 */
export function lotEffect({ field, natural, snapshot }: Contest): LotEffect {
  const { moves = [], policy } = snapshot
  const { tieBreak } = policy
  const lottery = tieBreak.indexOf('lottery')
  if (lottery < 0) return NONE
  const before = tieBreak.slice(0, lottery)
  const groups = groupsOf(natural, (a, b) => separatingKey(field, before, a, b) === 'code')
  const tied = groups.filter((group) => group.length > 1)
  if (tied.length === 0) return NONE
  const byCode = groups.map((group) => group.toSorted(byCodeOf))
  const seated = seatedIn(byCode)
  const hanging = byCode.flatMap((group, index) =>
    isMixed(group) ? group.filter((own) => isDecidedByPlace(own, index)) : [],
  )

  /**
   * Whoever is ranked one after the other and all have a seat, or all have none, do so in any order: the walk gives a
   * group as many seats whatever its order. A move by hand may part a group, so there every one is looked at.
   */
  function isMixed(group: readonly Ranked[]): boolean {
    if (moves.length > 0) return group.length > 1
    return group.some((each) => seated.has(each)) && group.some((each) => !seated.has(each))
  }

  function isDecidedByPlace(own: Ranked, index: number): boolean {
    const others = byCode[index]!.filter((each) => each !== own)
    const [first, last] = [byCode.with(index, [own, ...others]), byCode.with(index, [...others, own])]
    return seatedIn(first).has(own) !== seatedIn(last).has(own)
  }

  function seatedIn(order: readonly (readonly Ranked[])[]): Set<Ranked> {
    const ranked = withMoves(order.flat(), moves, codeOf)
    const allotment = allot(field, ranked, policy)
    return new Set(ranked.filter((_, place) => allotment[place] !== null))
  }

  return { tied: new Set(tied.flat().map(codeOf)), hanging: new Set(hanging.map(codeOf)) }
}

const NONE: LotEffect = { tied: new Set(), hanging: new Set() }

/** Of a ranking the parts in which any two neighbours are the same. */
function groupsOf(ranked: readonly Ranked[], isSame: (a: Ranked, b: Ranked) => boolean): Ranked[][] {
  const groups: Ranked[][] = []
  for (const each of ranked) {
    const last = groups.at(-1)
    if (last && isSame(last[0]!, each)) last.push(each)
    else groups.push([each])
  }
  return groups
}

function codeOf({ entrant }: Ranked): string {
  return entrant.candidate.code
}

function byCodeOf(a: Ranked, b: Ranked): number {
  return compareText(codeOf(a), codeOf(b))
}
