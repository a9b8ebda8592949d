import { compareText } from '../../text/text-order.ts'
import { allot, flowAfterDesignation } from '../allotment.ts'
import type { Field } from '../field.ts'
import { type Move, withMoves } from '../moves.ts'
import type { Policy } from '../policy.ts'
import { type Ranked, separatingKey } from '../rank.ts'
import type { SeatFlow } from '../seats.ts'
import type { Snapshot } from '../snapshot.ts'
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
  const { tieBreak } = snapshot.policy
  const lottery = tieBreak.indexOf('lottery')
  if (lottery < 0) return NONE
  const before = tieBreak.slice(0, lottery)
  const groups = groupsOf(natural, (a, b) => separatingKey(field, before, a, b) === 'code')
  const tied = groups.filter((group) => group.length > 1)
  if (tied.length === 0) return NONE
  const byCode = groups.map((group) => group.toSorted(byCodeOf))
  const hanging = hangingOn(field, byCode, snapshot)
  return { tied: new Set(tied.flat().map(codeOf)), hanging: new Set(hanging.map(codeOf)) }
}

function hangingOn(field: Field, groups: readonly Ranked[][], { policy, moves = [] }: Snapshot): Ranked[] {
  // A seat that is left over at the end hangs on everybody, and a move by hand may part a group.
  const isWalkAlone = moves.length === 0 && policy.shortfall === 'leave'
  return isWalkAlone ? hangingInWalk(field, groups, policy) : hangingInRuns(field, groups, { policy, moves })
}

/** One walk down the ranking: what becomes of a hospital hangs on nobody behind its group. */
function hangingInWalk(field: Field, groups: readonly Ranked[][], { regionFloor }: Rules): Ranked[] {
  const flow = flowAfterDesignation(field, groups.flat(), regionFloor)
  return groups.flatMap((group) => {
    const waiting = group.filter(({ entrant }) => !entrant.designated)
    const hanging = waiting.filter((own) => {
      if (waiting.length === 1) return false
      const others = waiting.filter((each) => each !== own)
      return lastGets(flow.copy(), [own]) !== lastGets(flow.copy(), [...others, own])
    })
    lastGets(flow, waiting)
    return hanging
  })
}

/** Offers seats in this order. @returns whether the last one takes it */
function lastGets(flow: SeatFlow, offered: readonly Ranked[]): boolean {
  return offered.reduce((_, { entrant: { band, region } }) => flow.offer(band, region), false)
}

/** Two whole runs for each of the tied. */
function hangingInRuns(
  field: Field,
  groups: readonly Ranked[][],
  { policy, moves }: { policy: Rules; moves: readonly Move[] },
): Ranked[] {
  const hasSeat = (own: Ranked, order: readonly (readonly Ranked[])[]) => {
    const ranked = withMoves(order.flat(), moves, codeOf)
    return allot(field, ranked, policy)[ranked.indexOf(own)] !== null
  }
  return groups.flatMap((group, index) =>
    group.filter((own) => {
      if (group.length === 1) return false
      const others = group.filter((each) => each !== own)
      const [first, last] = [groups.with(index, [own, ...others]), groups.with(index, [...others, own])]
      return hasSeat(own, first) !== hasSeat(own, last)
    }),
  )
}

type Rules = Pick<Policy, 'regionFloor' | 'shortfall'>

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
