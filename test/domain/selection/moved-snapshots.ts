import fc from 'fast-check'
import { select } from '../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../src/domain/selection/snapshot.ts'

/** Some hospitals, eligible or not, moved by hand: a few places up or down, or anywhere. */
export function moved(snapshots: fc.Arbitrary<Snapshot>): fc.Arbitrary<Snapshot> {
  return snapshots.chain((snapshot) => {
    const codes = snapshot.candidates.map(({ code }) => code)
    return fc
      .tuple(
        fc.shuffledSubarray(codes, {
          minLength: Math.min(1, codes.length),
          maxLength: Math.min(4, codes.length),
        }),
        fc.array(fc.integer({ min: 1, max: codes.length + 2 }), { minLength: 4, maxLength: 4 }),
      )
      .map(([picked, positions]) => ({
        ...snapshot,
        moves: picked.map((code, index) => ({ code, position: positions[index]!, reason: '県の判断' })),
      }))
  })
}

/** What is worked out of a snapshot once, however often a test asks for it. */
function once<T>(work: (snapshot: Snapshot) => T): (snapshot: Snapshot) => T {
  const known = new WeakMap<Snapshot, T>()
  return (snapshot) => {
    const value = known.get(snapshot) ?? work(snapshot)
    known.set(snapshot, value)
    return value
  }
}

export const resultOf = once(select)

export const withoutMoves = once(({ moves: _, ...snapshot }): Snapshot => snapshot)

/** The codes of the eligible hospitals, best first. */
export function rankingOf(snapshot: Snapshot): string[] {
  return resultOf(snapshot)
    .results.filter(({ eligible }) => eligible)
    .map(({ code }) => code)
}

export function selectedIn(snapshot: Snapshot): Set<string> {
  const selected = resultOf(snapshot).results.filter(({ decision }) => decision === 'selected')
  return new Set(selected.map(({ code }) => code))
}
