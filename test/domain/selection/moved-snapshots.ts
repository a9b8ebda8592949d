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

export function withoutMoves({ moves: _, ...snapshot }: Snapshot): Snapshot {
  return snapshot
}

/** The codes of the eligible hospitals, best first. */
export function rankingOf(snapshot: Snapshot): string[] {
  return select(snapshot)
    .results.filter(({ eligible }) => eligible)
    .map(({ code }) => code)
}

export function selectedIn(snapshot: Snapshot): Set<string> {
  const selected = select(snapshot).results.filter(({ decision }) => decision === 'selected')
  return new Set(selected.map(({ code }) => code))
}
