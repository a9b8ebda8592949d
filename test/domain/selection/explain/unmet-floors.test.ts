import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byRegion } from '../../../../src/domain/master/region.ts'
import { unmetFloorsOf } from '../../../../src/domain/selection/explain/unmet-floors.ts'
import { readingOf } from '../../../../src/domain/selection/reading.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { unmetFloorSentences } from '../../../../src/domain/selection/words/unmet-floors.ts'
import { contests, MEDIUM, SMALL, snapshots } from '../arbitraries.ts'
import { bands, candidate, snapshot } from '../builders.ts'
import { moved } from '../moved-snapshots.ts'

const anySnapshot = fc.oneof(contests, snapshots(SMALL), snapshots(MEDIUM), moved(snapshots(SMALL)))

function withOneSeatMore(taken: Snapshot, id: string): Snapshot {
  const more = taken.policy.bands.map((band) => (band.id === id ? { ...band, seats: band.seats + 1 } : band))
  return { ...taken, policy: { ...taken.policy, bands: more } }
}

function shortfallsOf(taken: Snapshot): Map<string, number> {
  return new Map(select(taken).regions.map(({ id, shortfall }) => [id, shortfall]))
}

test('is what selecting again with one seat more in a band gives, region by region', () => {
  let seen = 0
  fc.assert(
    fc.property(anySnapshot, (taken) => {
      const before = shortfallsOf(taken)
      const { unmet } = unmetFloorsOf(readingOf(taken))
      const short = [...before].filter(([, shortfall]) => shortfall > 0).map(([id]) => id)
      expect(unmet.map(({ region }) => region)).toEqual(short)
      if (unmet.length === 0) return
      const tried = taken.policy.bands.map(
        ({ id }) => [id, shortfallsOf(withOneSeatMore(taken, id))] as const,
      )
      for (const { region, shortfall, enough, eased } of unmet) {
        seen += 1
        expect(shortfall).toBe(before.get(region))
        const left = tried.map(([band, after]) => ({ band, shortfall: after.get(region)! }))
        expect(enough).toEqual(left.filter((each) => each.shortfall === 0).map(({ band }) => band))
        expect(eased).toEqual(left.filter((each) => each.shortfall > 0 && each.shortfall < shortfall))
      }
    }),
    { numRuns: 300 },
  )
  expect(seen).toBeGreaterThan(100)
})

test('a region without an eligible hospital stands apart, unless another round has served it', () => {
  fc.assert(
    fc.property(anySnapshot, (taken) => {
      const { unmet, withoutEligible } = unmetFloorsOf(readingOf(taken))
      const { regions } = select(taken)
      const expected = regions.filter(({ id, eligible }) => {
        const held = taken.candidates.filter(
          (each) => each.region === id && each.otherRound === 'selected',
        ).length
        return eligible === 0 && held < taken.policy.regionFloor
      })
      expect(withoutEligible).toEqual(expected.map(({ id }) => id))
      expect(unmet.some(({ region }) => withoutEligible.includes(region))).toBe(false)
    }),
  )
})

/** 1 and 2 want the small seat, and 2 could not be elsewhere; 3 and 4 want the large one. */
const islands = [
  candidate('1', { region: '鹿児島', beds: 90 }),
  candidate('2', { region: '熊毛', beds: 60 }),
  candidate('3', { region: '熊毛', beds: 150 }),
  candidate('4', { region: '奄美', beds: 200 }),
]

const REGIONS = ['鹿児島', '熊毛', '奄美', '曽於']

function sentencesOf(taken: Snapshot): string[] {
  const reading = readingOf(taken)
  return unmetFloorSentences(unmetFloorsOf(reading), reading, byRegion(REGIONS))
}

const FLOOR = { criteria: {}, tieBreak: ['beds' as const], regionFloor: 1 }

test('in words: every band in which one seat more is enough is named', () => {
  // 鹿児島 has the small seat and 奄美 the large one: 熊毛 could use either.
  expect(sentencesOf(snapshot(islands, { ...FLOOR, bands: bands(1, 1) }))).toEqual([
    '0～99床、100床以上のいずれかの枠があと1あれば、熊毛の確保枠を満たせます。',
  ])
  const small = islands.filter(({ code }) => code !== '3')
  expect(sentencesOf(snapshot(small, { ...FLOOR, bands: bands(1, 1) }))).toEqual([
    '0～99床の枠があと1あれば、熊毛の確保枠を満たせます。',
  ])
})

test('in words: where one seat is not enough, how far it leads', () => {
  const two = { ...FLOOR, regionFloor: 2, bands: bands(0, 0) }
  expect(sentencesOf(snapshot([candidate('1'), candidate('2')], two))).toEqual([
    'どの区分の枠があと1あっても、鹿児島の確保枠（2病院）は満たせません（不足2病院）。0～99床の枠であれば、不足は1病院になります。',
  ])
})

test('in words: nothing where nothing is short, and the regions of which nobody is eligible apart', () => {
  expect(sentencesOf(snapshot(islands, { ...FLOOR, regionFloor: 0, bands: bands(0, 0) }))).toEqual([])
  const out = candidate('9', { region: '曽於', submission: null })
  expect(sentencesOf(snapshot([...islands, out], { ...FLOOR, bands: bands(2, 2) }))).toEqual([
    '選定対象の病院がないため、枠を増やしても選定できない医療圏：曽於。',
  ])
})

test('in words: the regions stand in the order of the prefecture, whether a seat would help them or not', () => {
  // By their code points 奄美 would come before 熊毛 and 鹿児島.
  const none = { ...FLOOR, bands: bands(0, 0) }
  expect(sentencesOf(snapshot(islands, none)).map((text) => /([^、]+)の確保枠/.exec(text)?.[1])).toEqual([
    '鹿児島',
    '熊毛',
    '奄美',
  ])
  const out = islands.map((each) => ({ ...each, submission: null }))
  expect(sentencesOf(snapshot(out, none))).toEqual([
    '選定対象の病院がないため、枠を増やしても選定できない医療圏：鹿児島、熊毛、奄美。',
  ])
})
