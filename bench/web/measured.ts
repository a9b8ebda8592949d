import { median } from './statistics.ts'

/** What is timed, and what is done before it each time and is not. */
type Work = (() => unknown) | { before: () => unknown; work: () => unknown }

/** Milliseconds of each, taken one after the other again and again: of each the middle one, after two that do not count. */
export async function timed(
  works: readonly Work[],
  { times = 15 }: { times?: number } = {},
): Promise<number[]> {
  const all: number[][] = works.map(() => [])
  for (let turn = -2; turn < times; turn += 1)
    for (const [index, each] of works.entries()) {
      const { before, work } = typeof each === 'function' ? { before: null, work: each } : each
      await before?.()
      const began = performance.now()
      await work()
      if (turn >= 0) all[index]!.push(performance.now() - began)
    }
  return all.map(median)
}
