import { onceFor } from '../once-for.ts'
import type { Ranked } from '../rank.ts'
import type { Contest } from './contest.ts'
import { Walk } from './walk.ts'

/**
 * 当落線: how high a hospital has to rank, all others staying in their order. It has a seat exactly where it
 * ranks above the rival; at `any` rank, or at `no` rank.
 *
 * Ranking higher never costs a seat, since the walk takes the best by rank read from the top: so the line is
 * found by halving. It lies at a selected hospital for one that waits, and at one that waits for a selected
 * one; only where seats are redistributed may it lie at another.
 */
export function rivalOf(contest: Contest, place: number): Ranked | 'any' | 'no' {
  const { ranked, allotment } = contest
  const has = allotment[place] !== null
  const line = has ? lineBelow(contest, place) : lineAbove(contest, place)
  if (line === 0) return 'no'
  // Of the others, so its own place does not count.
  return line === ranked.length ? 'any' : ranked[line > place ? line : line - 1]!
}

/** How many places from the top have a seat for a hospital that waits: the walk above it is the one that was gone. */
function lineAbove(contest: Contest, place: number): number {
  const { ranked } = contest
  const stops = stopsOf(contest)
  const own = ranked[place]!
  const within = stops.slice(0, Math.floor(place / APART) + 1)
  const refusing = countWhile(within, (stop) => stop.seats(own))
  if (refusing === 0) return 0
  const from = (refusing - 1) * APART
  return from + placesFrom(stops[refusing - 1]!, own, ranked.slice(from, Math.min(from + APART, place)))
}

/** The same of one that has a seat: below it the walk goes on without it, until it would be refused. */
function lineBelow(contest: Contest, place: number): number {
  const { ranked } = contest
  const own = ranked[place]!
  let at = Math.floor(place / APART) * APART
  let walk = stopsOf(contest)[at / APART]!.copy()
  for (; at < place; at += 1) walk.pass(ranked[at]!)
  for (;;) {
    const part = ranked.slice(at + 1, at + 1 + APART)
    const next = walk.copy()
    for (const each of part) next.pass(each)
    if (part.length < APART || !next.seats(own)) return at + placesFrom(walk, own, part)
    walk = next
    at += APART
  }
}

/** How many places, the one before them counted, have a seat for it; it has one there. */
function placesFrom(walk: Walk, own: Ranked, others: readonly Ranked[]): number {
  const places = others.map((_, index) => others.slice(0, index + 1))
  return 1 + countWhile(places, (behind) => walk.seats(own, behind))
}

/** How many come before the first for which it holds no more, as for none behind that one. */
function countWhile<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let [least, most] = [0, items.length]
  while (least < most) {
    const middle = (least + most) >>> 1
    if (holds(items[middle]!)) least = middle + 1
    else most = middle
  }
  return least
}

/** To begin again from the nearest of them takes a few steps, and few of them are kept. */
const APART = 64

/** The walk as it stood before every so-manieth place. */
const stopsOf = onceFor(({ field, ranked, snapshot }: Contest): readonly Walk[] => {
  const walk = Walk.of(field, ranked, snapshot.policy)
  return ranked.flatMap((each, place) => {
    const stop = place % APART === 0 ? [walk.copy()] : []
    walk.pass(each)
    return stop
  })
})
