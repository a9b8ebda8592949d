import { compareText } from '../../text/text-order.ts'
import { walk as walkDown } from '../allotment.ts'
import type { Field } from '../field.ts'
import { type Move, withMoves } from '../moves.ts'
import type { Policy } from '../policy.ts'
import { type Ranked, separatingKey } from '../rank.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Contest } from './contest.ts'
import { Walk } from './walk.ts'

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
  const order = withMoves(groups.flat(), moves, codeOf)
  const moved = new Set(moves.map(({ code }) => code))
  const tied = groups.filter((group) => group.length > 1)
  // Whom the order by hand is about stands where it was put, wherever the lot has it: its group is not one piece.
  const [parted, whole] = partition(tied, (group) => group.some((each) => moved.has(codeOf(each))))
  return [
    ...hangingInWalk(field, { order, groups: whole }, policy),
    ...hangingInRuns(field, { groups, parted }, { policy, moves }),
  ]
}

/** One walk: what becomes of a hospital hangs on nobody below the last of its group. */
function hangingInWalk(
  field: Field,
  { order, groups }: { order: readonly Ranked[]; groups: readonly (readonly Ranked[])[] },
  rules: Rules,
): Ranked[] {
  const walk = Walk.of(field, order, rules)
  const groupOf = new Map(groups.flatMap((group) => group.map((each) => [each, group] as const)))
  const hanging: Ranked[][] = []
  for (let place = 0; place < order.length; ) {
    const group = groupOf.get(order[place]!)
    // Between its hospitals may stand others, which were put there by hand.
    const end = group ? order.indexOf(group.at(-1)!, place) + 1 : place + 1
    const part = order.slice(place, end).filter(({ entrant }) => !entrant.designated)
    if (group) hanging.push(hangingIn(walk, part, (each) => groupOf.get(each) === group))
    for (const each of part) walk.pass(each)
    place = end
  }
  return hanging.flat()
}

/** @param part of the ranking, from the first to the last of a group of equals */
function hangingIn(walk: Walk, part: readonly Ranked[], isEqual: (each: Ranked) => boolean): Ranked[] {
  const equals = part.filter(isEqual)
  if (equals.length < 2) return []
  if (equals.length === part.length && !walk.givesLeftOver) return hangingByKind(walk, equals)
  const hasSeatIn = (own: Ranked, arranged: readonly Ranked[]) => {
    const next = arranged.values()
    const order = part.map((each) => (isEqual(each) ? next.next().value! : each))
    return walk.seats(own, order.slice(0, order.indexOf(own)))
  }
  return equals.filter((own) => {
    const others = equals.filter((each) => each !== own)
    return hasSeatIn(own, [own, ...others]) !== hasSeatIn(own, [...others, own])
  })
}

/**
 * Where the walk alone decides, whoever stands higher never loses a seat by it. So who is first of the equals has a seat
 * if anywhere; who has none at its own place has none as the last; and of those of one band and one region it is all the
 * same who is who: none has one as the last where any of them has none, and otherwise the later keep theirs longest.
 */
function hangingByKind(walk: Walk, equals: readonly Ranked[]): Ranked[] {
  const whole = walk.copy()
  const seated = new Set(equals.filter((each) => whole.pass(each)))
  if (seated.size === equals.length) return []
  const asTheLast = (own: Ranked) =>
    walk.seats(
      own,
      equals.filter((each) => each !== own),
    )
  const kinds = Map.groupBy(equals, ({ entrant: { band, region } }) => `${band} ${region}`)
  return [...kinds.values()].flatMap((kind) => {
    if (!walk.seats(kind[0]!)) return []
    return kind.every((each) => seated.has(each)) ? kind.slice(0, countUntil(kind, asTheLast)) : kind
  })
}

/** How many come before the first for which it holds, as it does for all behind that one. */
function countUntil<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let [least, most] = [0, items.length]
  while (least < most) {
    const middle = (least + most) >>> 1
    if (holds(items[middle]!)) most = middle
    else least = middle + 1
  }
  return least
}

/** Two whole runs for each of the equals. */
function hangingInRuns(
  field: Field,
  { groups, parted }: { groups: readonly Ranked[][]; parted: readonly Ranked[][] },
  { policy, moves }: { policy: Rules; moves: readonly Move[] },
): Ranked[] {
  const hasSeatIn = (own: Ranked, order: readonly (readonly Ranked[])[]) => {
    const ranked = withMoves(order.flat(), moves, codeOf)
    return walkDown(field, ranked, policy)[ranked.indexOf(own)] !== null
  }
  return parted.flatMap((group) => {
    const index = groups.indexOf(group)
    return group.filter((own) => {
      const others = group.filter((each) => each !== own)
      const [first, last] = [groups.with(index, [own, ...others]), groups.with(index, [...others, own])]
      return hasSeatIn(own, first) !== hasSeatIn(own, last)
    })
  })
}

function partition<Item>(items: readonly Item[], is: (item: Item) => boolean): [Item[], Item[]] {
  const parts = Map.groupBy(items, is)
  return [parts.get(true) ?? [], parts.get(false) ?? []]
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
