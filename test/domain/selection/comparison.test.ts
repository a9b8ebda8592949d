import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareSelections } from '../../../src/domain/selection/comparison.ts'
import { readingOf } from '../../../src/domain/selection/reading.ts'
import { select } from '../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../src/domain/selection/snapshot.ts'
import { MEDIUM, SMALL, snapshots } from './arbitraries.ts'
import { bands, candidate, snapshot } from './builders.ts'
import { moved, selectedIn } from './moved-snapshots.ts'

const PLAIN = { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(1, 1) }
const comparePolicies = (taken: Snapshot, policy: Snapshot['policy']) =>
  compareSelections(readingOf(taken), readingOf({ ...taken, policy }))

const HOSPITALS = [
  candidate('1', { region: '鹿児島', functions: ['emergency', 'disaster'] }),
  candidate('2', { region: '熊毛', functions: ['remote'] }),
  candidate('3', { region: '熊毛', functions: ['remote', 'emergency'], beds: 200 }),
  candidate('4', { region: '奄美', submission: null }),
]

test('who comes in, who drops out, and who has the seat by another rule', () => {
  const other = { ...snapshot(HOSPITALS, PLAIN).policy, criteria: { remote: 10 }, bands: bands(1, 2) }
  const { entering, leaving, rebased } = comparePolicies(snapshot(HOSPITALS, PLAIN), other)
  expect(entering.map(({ code, before, after }) => [code, before.rank, after.rank])).toEqual([['2', 2, 1]])
  expect(leaving.map(({ code, before, after }) => [code, before.rank, after.rank])).toEqual([['1', 1, 3]])
  expect(rebased).toEqual([])

  const twoRegions = [HOSPITALS[0]!, candidate('0', { region: '鹿児島' }), HOSPITALS[1]!]
  const off = { ...PLAIN, bands: bands(2, 0) }
  const on = { ...snapshot(twoRegions, off).policy, regionFloor: 1 }
  const floors = comparePolicies(snapshot(twoRegions, off), on)
  expect(floors.entering.map(({ code, after }) => [code, after.basis])).toEqual([['2', 'region_floor']])
})

test('a hospital that keeps its seat by another rule', () => {
  // 2 is third by rank: with two seats the floor of 熊毛 carries it, with three seats its rank does.
  const all = [candidate('0'), candidate('1'), candidate('2', { region: '熊毛' })]
  const two = snapshot(all, { ...PLAIN, regionFloor: 1, bands: bands(2, 0) })
  const { rebased, entering, leaving } = comparePolicies(two, { ...two.policy, bands: bands(3, 0) })
  expect(rebased.map(({ code, before, after }) => [code, before.basis, after.basis])).toEqual([
    ['2', 'region_floor', 'rank'],
  ])
  expect(entering.map(({ code }) => code)).toEqual(['1'])
  expect(leaving).toEqual([])
})

test('how bands, regions and functions are served', () => {
  const other = {
    ...snapshot(HOSPITALS, PLAIN).policy,
    bands: [
      { id: 'small', min: 0, max: 99, seats: 2 },
      { id: 'huge', min: 500, max: null, seats: 1 },
    ],
  }
  const compared = comparePolicies(snapshot(HOSPITALS, PLAIN), other)
  expect(compared.bands.map(({ id, before, after }) => [id, before?.selected, after?.selected])).toEqual([
    ['small', 1, 2],
    ['large', 1, undefined],
    ['huge', undefined, 0],
  ])
  expect(compared.regions.map(({ id, before, after }) => [id, before?.selected, after?.selected])).toEqual([
    ['奄美', 0, 0],
    ['熊毛', 1, 1],
    ['鹿児島', 1, 1],
  ])
  expect(compared.functions.filter(({ hospitals }) => hospitals > 0)).toEqual([
    { id: 'emergency', hospitals: 2, before: 2, after: 1 },
    { id: 'disaster', hospitals: 1, before: 1, after: 1 },
    { id: 'remote', hospitals: 2, before: 1, after: 1 },
  ])
})

test('agrees with selecting twice, and turns round when the policies do', () => {
  const pairs = fc.oneof(snapshots(SMALL), snapshots(MEDIUM), moved(snapshots(SMALL))).chain((taken) =>
    fc.tuple(
      fc.constant(taken),
      snapshots(SMALL).map(({ policy }) => policy),
    ),
  )
  fc.assert(
    fc.property(pairs, ([taken, policy]) => {
      const changed = { ...taken, policy }
      const there = comparePolicies(taken, policy)
      const back = comparePolicies(changed, taken.policy)
      const [before, after] = [selectedIn(taken), selectedIn(changed)]
      const codes = (changes: { code: string }[]) => new Set(changes.map(({ code }) => code))
      expect(codes(there.entering)).toEqual(after.difference(before))
      expect(codes(there.leaving)).toEqual(before.difference(after))
      expect(codes(back.entering)).toEqual(codes(there.leaving))
      expect(codes(back.rebased)).toEqual(codes(there.rebased))
      expect(there.before.result).toEqual(select(taken))
      for (const { id, before: had, after: has } of there.functions) {
        const having = taken.candidates.filter(({ functions }) => functions.includes(id))
        expect([had, has]).toEqual(
          [before, after].map((selected) => having.filter(({ code }) => selected.has(code)).length),
        )
      }
    }),
  )
})

test('the same policy changes nothing', () => {
  fc.assert(
    fc.property(snapshots(SMALL), (taken) => {
      const { entering, leaving, rebased, bands: sides } = comparePolicies(taken, taken.policy)
      expect([entering, leaving, rebased]).toEqual([[], [], []])
      for (const { before, after } of sides) expect(after).toEqual(before)
    }),
  )
})
