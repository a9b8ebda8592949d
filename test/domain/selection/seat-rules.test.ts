import { describe, expect, test } from 'vitest'
import type { SnapshotPolicy } from '../../../src/domain/selection/policy.ts'
import { select } from '../../../src/domain/selection/select.ts'
import type { Candidate } from '../../../src/domain/selection/snapshot.ts'
import { bands, candidate, lineOf, selectedOf, snapshot } from './builders.ts'

/** Ranked by code alone, without floors: each test switches on what it is about. */
const PLAIN: Partial<SnapshotPolicy> = { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(2, 1) }

const small = (code: string, region = '鹿児島') => candidate(code, { beds: 50, region })
const large = (code: string, region = '鹿児島') => candidate(code, { beds: 200, region })
const designated = (hospital: Candidate): Candidate => ({
  ...hospital,
  override: { kind: 'designate', reason: '県が必要と認めたため' },
})

describe('designated hospitals', () => {
  test('take a seat of their band first, at the place of their rank', () => {
    const all = [small('1'), small('2'), designated(small('3'))]
    expect(selectedOf(all, PLAIN)).toEqual(['1: rank', '3: designated'])
  })

  test('as many of them as seats are no problem', () => {
    const all = [small('1'), designated(small('2')), designated(small('3'))]
    expect(selectedOf(all, PLAIN)).toEqual(['2: designated', '3: designated'])
    expect(select(snapshot(all, PLAIN)).problems).toEqual([])
  })

  test('more of them than seats: all keep their seat, the band is over, others are not touched', () => {
    const all = [small('1'), large('2'), designated(large('3')), designated(large('4'))]
    expect(selectedOf(all, PLAIN)).toEqual(['1: rank', '3: designated', '4: designated'])
    const result = select(snapshot(all, PLAIN))
    expect(result.problems).toEqual([{ kind: 'designated_over_seats', band: 'large', over: 1 }])
    expect(result.bands).toEqual([
      { id: 'small', seats: 2, eligible: 1, selected: 1, shortfall: 1 },
      { id: 'large', seats: 1, eligible: 3, selected: 2, shortfall: 0 },
    ])
  })

  test('count towards the floor of their region', () => {
    const all = [small('1'), small('2'), small('3', '熊毛'), designated(large('4', '熊毛'))]
    expect(selectedOf(all, { ...PLAIN, regionFloor: 1 })).toEqual(['1: rank', '2: rank', '4: designated'])
  })

  test('beyond the floor of their region serve no other', () => {
    const all = [small('1'), designated(small('2')), designated(large('3')), small('4', '熊毛')]
    expect(selectedOf(all, { ...PLAIN, regionFloor: 1 })).toEqual([
      '2: designated',
      '3: designated',
      '4: region_floor',
    ])
  })

  test('a designation does not outweigh an exclusion from every band', () => {
    const none = designated(candidate('1', { beds: 0 }))
    const onlyLarge = { ...PLAIN, bands: [{ id: 'large', min: 100, max: null, seats: 1 }] }
    expect(lineOf('1', [none], onlyLarge)).toMatchObject({ reason: 'no_band', decision: 'ineligible' })
  })
})

describe('region floors', () => {
  const floor = { ...PLAIN, regionFloor: 1 }

  test('the last seat goes to a region that has none, not to the better ranked', () => {
    const all = [small('1'), small('2'), small('3', '熊毛')]
    expect(selectedOf(all, floor)).toEqual(['1: rank', '3: region_floor'])
    expect(selectedOf(all, PLAIN)).toEqual(['1: rank', '2: rank'])
    expect(lineOf('2', all, floor)).toMatchObject({ decision: 'waitlisted', waitlistPosition: 1 })
  })

  test('a seat is kept only while no other can serve the region', () => {
    // 熊毛 is served by its large hospital: the small band need not wait for it.
    const all = [small('1'), small('2'), small('3', '熊毛'), large('4', '熊毛')]
    expect(selectedOf(all, floor)).toEqual(['1: rank', '2: rank', '4: rank'])
  })

  test('the best passes its seat on where another band can serve its region', () => {
    // 奄美 can only be served by the small seat: 熊毛 then takes the large one, though it is ranked lower.
    const all = [small('1', '熊毛'), large('2', '熊毛'), small('3', '奄美')]
    expect(selectedOf(all, { ...floor, bands: bands(1, 1) })).toEqual(['2: rank', '3: region_floor'])
  })

  test('among selections that serve as many, the best by rank counts', () => {
    const all = [small('1', '熊毛'), large('2'), large('3', '熊毛'), small('4', '奄美')]
    expect(selectedOf(all, { ...floor, bands: bands(1, 1) })).toEqual(['1: rank', '2: rank'])
  })

  test('asks no more of a region than it has, and reports what stays unserved', () => {
    const all = [
      small('1'),
      small('2'),
      small('3', '熊毛'),
      candidate('4', { region: '奄美', submission: null }),
    ]
    const { regions } = select(snapshot(all, { ...PLAIN, regionFloor: 2, bands: bands(1, 1) }))
    expect(regions).toEqual([
      { id: '奄美', eligible: 0, selected: 0, floor: 0, shortfall: 0 },
      { id: '熊毛', eligible: 1, selected: 0, floor: 1, shortfall: 1 },
      { id: '鹿児島', eligible: 2, selected: 1, floor: 2, shortfall: 1 },
    ])
  })

  test('a region served beyond its floor has no shortfall', () => {
    const { regions } = select(snapshot([small('1'), small('2')], floor))
    expect(regions).toEqual([{ id: '鹿児島', eligible: 2, selected: 2, floor: 1, shortfall: 0 }])
  })

  test('a larger floor keeps more seats', () => {
    const all = [small('1'), small('2'), small('3'), small('4', '熊毛'), small('5', '熊毛')]
    const withFloor = (regionFloor: number) => selectedOf(all, { ...PLAIN, bands: bands(4, 0), regionFloor })
    expect(withFloor(1)).toEqual(['1: rank', '2: rank', '3: rank', '4: rank'])
    expect(withFloor(2)).toEqual(['1: rank', '2: rank', '4: rank', '5: region_floor'])
  })
})

describe('seats a band cannot fill', () => {
  const all = [small('1'), small('2'), small('3'), small('4', '熊毛')]
  const policy = { ...PLAIN, bands: bands(1, 2) }

  test('stay free, and are reported', () => {
    expect(selectedOf(all, policy)).toEqual(['1: rank'])
    expect(select(snapshot(all, policy)).bands).toEqual([
      { id: 'small', seats: 1, eligible: 4, selected: 1, shortfall: 0 },
      { id: 'large', seats: 2, eligible: 0, selected: 0, shortfall: 2 },
    ])
  })

  test('or go to the best of the rest', () => {
    const redistribute = { ...policy, shortfall: 'redistribute' } as const
    expect(selectedOf(all, redistribute)).toEqual(['1: rank', '2: redistributed', '3: redistributed'])
    expect(select(snapshot(all, redistribute)).bands).toEqual([
      { id: 'small', seats: 1, eligible: 4, selected: 3, shortfall: 0 },
      { id: 'large', seats: 2, eligible: 0, selected: 0, shortfall: 2 },
    ])
    expect(lineOf('4', all, redistribute)).toMatchObject({ decision: 'waitlisted', waitlistPosition: 1 })
  })

  test('the basis is rank for whoever would have a seat without floors, redistributed or not', () => {
    const floors = { ...policy, shortfall: 'redistribute', regionFloor: 1 } as const
    // 熊毛's floor takes the small seat; without it 7 would have been given the one the large band leaves.
    const few = [designated(small('5')), small('6'), small('7', '熊毛')]
    expect(selectedOf(few, { ...floors, bands: bands(2, 1) })).toEqual([
      '5: designated',
      '6: redistributed',
      '7: rank',
    ])
  })
})
