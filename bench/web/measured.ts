import { median } from './statistics.ts'

/** What is timed, and what is done before it each time and is not. */
type Work = (() => unknown) | { before: () => unknown; work: () => unknown }

/** Turns that do not count, and those that do at the least. */
const WARM_UP = 2
const LEAST = 3

/**
 * Milliseconds of each, taken one after the other again and again: of each the middle one.
 * @param options.seconds after which no further turn is begun
 */
export async function timed(
  works: readonly Work[],
  { times = 15, seconds = 12 }: { times?: number; seconds?: number } = {},
): Promise<number[]> {
  const all: number[][] = works.map(() => [])
  const until = performance.now() + seconds * 1_000
  for (let turn = -WARM_UP; turn < times; turn += 1) {
    if (turn >= LEAST && performance.now() > until) break
    for (const [index, each] of works.entries()) {
      const { before, work } = typeof each === 'function' ? { before: null, work: each } : each
      await before?.()
      const began = performance.now()
      await work()
      if (turn >= 0) all[index]!.push(performance.now() - began)
    }
  }
  return all.map(median)
}
