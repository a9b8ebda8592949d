import { z } from 'zod'
import { eachCodeOnce, nameSchema, textSchema } from '../validation/field-schemas.ts'

/** A hospital put at another place of the ranking by the prefecture's own judgement. */
const moveSchema = z.strictObject({
  code: nameSchema,
  /** 1 = first. Beyond the last hospital it means the last place. */
  position: z.int().min(1).max(9999),
  reason: textSchema.refine(
    (reason) => reason.trim() !== '',
    '順位を変更する理由がありません。理由を記入してください。',
  ),
})
export type Move = z.infer<typeof moveSchema>

export const movesSchema = z
  .array(moveSchema)
  .superRefine(eachCodeOnce('moves', '順位の変更は1病院につき1回にしてください。'))

/**
 * Applies the moves one after the other: each takes its hospital out of the ranking and puts it in again at its
 * position of what the moves before have left. A hospital that is not in the ranking is passed over.
 */
export function withMoves<Item>(
  ranking: readonly Item[],
  moves: readonly Pick<Move, 'code' | 'position'>[],
  codeOf: (item: Item) => string,
): Item[] {
  const moved = [...ranking]
  for (const { code, position } of moves) {
    const at = moved.findIndex((item) => codeOf(item) === code)
    if (at >= 0) moved.splice(position - 1, 0, ...moved.splice(at, 1))
  }
  return moved
}

/**
 * The fewest moves that turn one order into the other: whoever is in the longest common order stays, the
 * others go behind their new neighbour, from the top down. With several of them a position is that of its step:
 * a later one may still shift it.
 * @param current codes as ranked without any move, best first
 * @param wanted the same codes in the order asked for
 * @param moved codes that count as moved already: of several ways it is the one that leaves the others where they
 *   are. Whoever stands among them again as without any move is moved no longer.
 * @throws TypeError where the codes are not the same: see `orderProblems`
 */
export function movesFor(
  current: readonly string[],
  wanted: readonly string[],
  moved: ReadonlySet<string> = new Set(),
): Pick<Move, 'code' | 'position'>[] {
  const { missing, unknown, repeated } = orderProblems(current, wanted)
  if (missing.length + unknown.length + repeated.length > 0) throw new TypeError('not the same hospitals')
  const places = new Map(current.map((code, place) => [code, place]))
  const staying = stayingPlaces(
    wanted.map((code) => ({ place: places.get(code)!, isMoved: moved.has(code) })),
  )
  const order = [...current]
  return wanted.flatMap((code, index) => {
    if (staying.has(places.get(code)!)) return []
    order.splice(order.indexOf(code), 1)
    const behind = index === 0 ? 0 : order.indexOf(wanted[index - 1]!) + 1
    order.splice(behind, 0, code)
    return [{ code, position: behind + 1 }]
  })
}

/** Why one list of codes is not an order of the other, for whoever uploaded it: all empty where it is. */
export function orderProblems(
  current: readonly string[],
  wanted: readonly string[],
): { missing: string[]; unknown: string[]; repeated: string[] } {
  const known = new Set(current)
  const listed = new Set<string>()
  const repeated = new Set<string>()
  for (const code of wanted) (listed.has(code) ? repeated : listed).add(code)
  return {
    missing: current.filter((code) => !listed.has(code)),
    unknown: [...listed].filter((code) => !known.has(code)),
    repeated: [...repeated],
  }
}

/** The places of those who stay, in the order asked for. */
function stayingPlaces(wanted: readonly { place: number; isMoved: boolean }[]): Set<number> {
  const staying = longestIncreasing(wanted.filter(({ isMoved }) => !isMoved).map(({ place }) => place))
  const below = nextStaying(wanted, staying)
  let above = -1
  for (const [index, { place, isMoved }] of wanted.entries()) {
    if (isMoved && place > above && place < below[index]!) staying.add(place)
    if (staying.has(place)) above = place
  }
  return staying
}

/** For each line the place of the next one below it that stays; beyond the last place where none does. */
function nextStaying(wanted: readonly { place: number }[], staying: ReadonlySet<number>): number[] {
  let next = wanted.length
  const fromBelow = wanted.toReversed().map(({ place }) => {
    const below = next
    if (staying.has(place)) next = place
    return below
  })
  return fromBelow.reverse()
}

/** The members of a longest increasing subsequence of distinct numbers. */
function longestIncreasing(numbers: readonly number[]): Set<number> {
  // Per length the smallest number that ends a sequence so long, and what stands before each number in its own.
  const ends: number[] = []
  const before = new Map<number, number | undefined>()
  for (const number of numbers) {
    const length = countBelow(ends, number)
    ends[length] = number
    before.set(number, ends[length - 1])
  }
  const members = new Set<number>()
  for (let last = ends.at(-1); last !== undefined; last = before.get(last)) members.add(last)
  return members
}

/** How many of the ascending numbers are below one that is not among them. */
function countBelow(ascending: readonly number[], number: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle]! < number) low = middle + 1
    else high = middle
  }
  return low
}
