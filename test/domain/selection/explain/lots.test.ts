import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readingOf } from '../../../../src/domain/selection/reading.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { editions, MEDIUM, SMALL, snapshots } from '../arbitraries.ts'
import { bands, candidate, snapshot } from '../builders.ts'
import { moved } from '../moved-snapshots.ts'

const lotsOf = (taken: Snapshot) => readingOf(taken).lots()

/** By runs of the engine alone: without the lot the codes decide, so a hospital gets the first of all codes, or the last. */
function hangingByRuns(taken: Snapshot): Set<string> {
  const { tieBreak } = taken.policy
  const lottery = tieBreak.indexOf('lottery')
  if (lottery < 0) return new Set()
  const byCode = { ...taken, policy: { ...taken.policy, tieBreak: tieBreak.slice(0, lottery) } }
  const decisionAs = (code: string, name: string) => {
    const renamed = <Item extends { code: string }>(items: readonly Item[]) =>
      items.map((item) => (item.code === code ? { ...item, code: name } : item))
    const run = { ...byCode, candidates: renamed(byCode.candidates), moves: renamed(byCode.moves ?? []) }
    return select(run).results.find((row) => row.code === name)!.decision
  }
  const codes = taken.candidates.map(({ code }) => code)
  return new Set(codes.filter((code) => decisionAs(code, '\u0001') !== decisionAs(code, '\u{10fffe}')))
}

/** Few points and no beds in the order: many are equal. */
const EQUAL = { criteria: { emergency: 1 }, tieBreak: ['lottery' as const] }

describe('which seats hang on the lot', () => {
  test.each([
    ['few hospitals', snapshots(SMALL, EQUAL)],
    ['few hospitals of an edition with questions', editions(SMALL, { tieBreak: ['lottery', 'beds'] })],
    ['moved hospitals', moved(snapshots(SMALL, EQUAL))],
    ['any policy', snapshots(SMALL)],
    ['floors', snapshots(SMALL, { ...EQUAL, regionFloor: 2, shortfall: 'leave' })],
    ['floors and seats left over', snapshots(SMALL, { ...EQUAL, regionFloor: 2, shortfall: 'redistribute' })],
    ['many hospitals', snapshots(MEDIUM, EQUAL)],
  ])('is what the engine says of each put first and last: %s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (taken) => {
        expect([...lotsOf(taken).hanging].sort()).toEqual([...hangingByRuns(taken)].sort())
      }),
    )
  })

  test('does not hang on what was drawn', () => {
    fc.assert(
      fc.property(snapshots(SMALL, EQUAL), fc.string(), (taken, lotterySeed) => {
        const drawn = { ...taken, policy: { ...taken.policy, lotterySeed } }
        expect(lotsOf(drawn)).toEqual(lotsOf(taken))
      }),
    )
  })

  test('a seat that hangs on it is there under one seed and gone under another, or its hospital is the only one', () => {
    const three = ['1', '2', '3'].map((code) => candidate(code, { beds: 50 }))
    const policy = {
      bands: bands(2, 0),
      criteria: {},
      regionFloor: 0,
      tieBreak: ['beds', 'lottery'] as const,
    }
    const taken = snapshot(three, { ...policy, tieBreak: [...policy.tieBreak] })
    expect(lotsOf(taken).hanging).toEqual(new Set(['1', '2', '3']))
    expect(lotsOf(taken).tied).toEqual(new Set(['1', '2', '3']))
  })

  test('nobody’s does where all of the equal ones have a seat, though the lot orders them', () => {
    const taken = snapshot(
      ['1', '2'].map((code) => candidate(code)),
      { bands: bands(2, 0), criteria: {}, regionFloor: 0, tieBreak: ['beds', 'lottery'] },
    )
    expect(lotsOf(taken)).toEqual({ tied: new Set(['1', '2']), hanging: new Set() })
  })

  test('where nobody is equal, and where the lot is no part of the order, nothing is tied', () => {
    const equal = ['1', '2'].map((code) => candidate(code))
    const policy = { bands: bands(1, 0), criteria: {}, regionFloor: 0 }
    const none = { tied: new Set(), hanging: new Set() }
    expect(lotsOf(snapshot(equal, { ...policy, tieBreak: ['beds'] }))).toEqual(none)
    const different = [candidate('1', { beds: 50 }), candidate('2', { beds: 51 })]
    expect(lotsOf(snapshot(different, { ...policy, tieBreak: ['beds', 'lottery'] }))).toEqual(none)
  })
})
