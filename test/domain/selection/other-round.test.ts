import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INELIGIBLE_REASON_IDS, obstaclesOf } from '../../../src/domain/selection/eligibility.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { type Candidate, parseSnapshot, type Snapshot } from '../../../src/domain/selection/snapshot.ts'
import { canonicalJson, sha256Hex } from '../../../src/domain/text/canonical.ts'
import { contests, MEDIUM, SMALL, snapshots } from './arbitraries.ts'
import { bands, candidate, lineOf, selectedOf, snapshot, submission } from './builders.ts'
import { reasonOf } from './reference.ts'

const anySnapshot = fc.oneof(contests, snapshots(SMALL), snapshots(MEDIUM))
const OTHER_ROUNDS = ['selected', 'declined'] as const
const exclude = { kind: 'exclude', reason: '廃止が決まっているため' } as const
const designate = { kind: 'designate', reason: '県が必要と認めたため' } as const

function withoutOtherRounds(taken: Snapshot): Snapshot {
  return { ...taken, candidates: taken.candidates.map(({ otherRound: _, ...rest }) => rest) }
}

/** The same snapshot, with another fact of each hospital. */
function each(taken: Snapshot, change: (candidate: Candidate, index: number) => object): unknown {
  return { ...taken, candidates: taken.candidates.map((one, index) => ({ ...one, ...change(one, index) })) }
}

describe('eligibility', () => {
  test.each(OTHER_ROUNDS)('%s: only an exclusion comes before it', (otherRound) => {
    const reason = `already_${otherRound}`
    const reasonWith = (changes: Partial<Candidate>) =>
      lineOf('1', [candidate('1', { otherRound, ...changes })]).reason
    expect(reasonWith({})).toBe(reason)
    expect(reasonWith({ override: exclude })).toBe('excluded')
    expect(reasonWith({ beds: 0 })).toBe(reason)
    expect(reasonWith({ override: designate })).toBe(reason)
    expect(reasonWith({ override: designate, beds: 0 })).toBe(reason)
    expect(reasonWith({ submission: null })).toBe(reason)
    for (const answer of [
      { emr: 'none' },
      { emr: 'planned' },
      { intent: 'undecided' },
      { intent: 'none' },
    ] as const)
      expect(reasonWith({ submission: submission(answer) })).toBe(reason)
  })

  test('is the first of the list that holds, whatever else does', () => {
    fc.assert(
      fc.property(anySnapshot, (taken) => {
        const { candidates, policy } = taken
        const reasons = new Map(select(taken).results.map(({ code, reason }) => [code, reason]))
        for (const each of candidates) expect(reasons.get(each.code)).toBe(reasonOf(each, policy))
      }),
    )
  })

  test('obstacles are in the order in which they are looked at', () => {
    fc.assert(
      fc.property(anySnapshot, ({ candidates, policy }) => {
        for (const each of candidates) {
          const hasBand = policy.bands.some(
            ({ min, max }) => each.beds >= min && each.beds <= (max ?? Infinity),
          )
          const obstacles = obstaclesOf(each, hasBand, policy.supportPeriodEnd, policy)
          expect(obstacles).toEqual(INELIGIBLE_REASON_IDS.filter((id) => obstacles.includes(id)))
          expect(obstacles.includes(`already_${each.otherRound ?? 'selected'}`)).toBe(
            each.otherRound !== undefined,
          )
        }
      }),
    )
  })

  test('a designated hospital that holds a seat takes none, and goes over no band', () => {
    const all = [candidate('1', { override: designate, otherRound: 'selected' }), candidate('2')]
    expect(selectedOf(all, { bands: bands(1, 0), tieBreak: [], criteria: {} })).toEqual(['2: rank'])
    expect(select(snapshot(all, { bands: bands(0, 0) })).problems).toEqual([])
  })
})

describe('the floor of a region', () => {
  const floorOf = (
    regionFloor: number,
    others: readonly (typeof OTHER_ROUNDS)[number][],
    eligible: number,
  ) => {
    const all = [
      ...others.map((otherRound, index) => candidate(`9${index}`, { otherRound })),
      ...Array.from({ length: eligible }, (_, index) => candidate(String(index))),
    ]
    return select(snapshot(all, { regionFloor, bands: bands(0, 0) })).regions[0]!
  }

  test.each<[number, (typeof OTHER_ROUNDS)[number][], number, number]>([
    [1, [], 3, 1],
    [1, ['selected'], 3, 0],
    [1, ['declined'], 3, 1],
    [2, ['selected'], 3, 1],
    [3, ['selected', 'selected', 'declined'], 3, 1],
    [2, ['selected', 'selected', 'selected'], 3, 0],
    [5, ['selected'], 3, 3],
    [4, ['selected'], 3, 3],
    [4, ['selected', 'selected'], 3, 2],
    [0, ['selected'], 3, 0],
    [2, ['selected'], 0, 0],
  ])('of %i, with %j and %i eligible, is %i', (regionFloor, others, eligible, floor) => {
    expect(floorOf(regionFloor, others, eligible)).toMatchObject({ eligible, floor, shortfall: floor })
  })

  test('counts a seat where the prefecture has excluded its hospital too', () => {
    const all = [candidate('1', { override: exclude, otherRound: 'selected' }), candidate('2')]
    expect(select(snapshot(all, { regionFloor: 1 })).regions[0]).toMatchObject({ floor: 0 })
  })

  test('carries a hospital only where its own region still lacks a seat', () => {
    const plain = { regionFloor: 1, criteria: {}, tieBreak: [], bands: bands(2, 0) }
    const here = ['1', '2', '3'].map((code) => candidate(code))
    const away = [candidate('4', { region: '奄美' }), candidate('5', { region: '熊毛' })]
    const holding = candidate('6', { region: '奄美', otherRound: 'selected' })
    expect(selectedOf([...here, ...away], plain)).toEqual(['1: rank', '4: region_floor'])
    // 鹿児島 has its floor by another round, 奄美 too: 熊毛 alone is carried.
    expect(
      selectedOf([...here, ...away, holding, candidate('7', { otherRound: 'selected' })], plain),
    ).toEqual(['1: rank', '5: region_floor'])
    // Who declined holds nothing.
    expect(
      selectedOf([...here, ...away, { ...holding, otherRound: 'declined' }], {
        ...plain,
        bands: bands(3, 0),
      }),
    ).toEqual(['1: rank', '4: region_floor', '5: region_floor'])
  })

  test('is what the rule says, everywhere, and nothing else is subtracted', () => {
    fc.assert(
      fc.property(anySnapshot, (taken) => {
        const { regionFloor } = taken.policy
        for (const { id, eligible, selected, floor, shortfall } of select(taken).regions) {
          const held = taken.candidates.filter(
            ({ region, otherRound }) => region === id && otherRound === 'selected',
          ).length
          expect(floor).toBe(Math.min(Math.max(0, regionFloor - held), eligible))
          expect(shortfall).toBe(Math.max(0, floor - selected))
        }
      }),
    )
  })
})

describe('what it leaves alone', () => {
  test('a decline decides as an exclusion does, and so does a seat where the floors are off', () => {
    const decided = (taken: Snapshot) => {
      const { results, bands: tallies, regions } = select(taken)
      return { results: results.map(({ reason: _, ...line }) => line), tallies, regions }
    }
    const asExcluded = (taken: Snapshot): Snapshot => ({
      ...taken,
      candidates: taken.candidates.map(({ otherRound, ...rest }) =>
        otherRound ? { ...rest, override: exclude } : rest,
      ),
    })
    fc.assert(
      fc.property(anySnapshot, (drawn) => {
        const declined = each(drawn, ({ otherRound }) =>
          otherRound ? { otherRound: 'declined' } : {},
        ) as Snapshot
        expect(decided(declined)).toEqual(decided(asExcluded(drawn)))
        const floorsOff = { ...drawn, policy: { ...drawn.policy, regionFloor: 0 } }
        expect(decided(floorsOff)).toEqual(decided(asExcluded(floorsOff)))
      }),
    )
  })

  test('values: a hospital left out still counts in its region', () => {
    fc.assert(
      fc.property(anySnapshot, (taken) => {
        const values = (of: Snapshot) => new Map(select(of).results.map((line) => [line.code, line.values]))
        expect(values(taken)).toEqual(values(withoutOtherRounds(taken)))
      }),
    )
  })
})

describe('in a file', () => {
  test('absent and null are one: the same snapshot, the same bytes, the same hash', () => {
    fc.assert(
      fc.property(anySnapshot, fc.infiniteStream(fc.boolean()), (taken, coins) => {
        const written = each(taken, ({ otherRound }) =>
          otherRound === undefined && coins.next().value ? { otherRound: null } : {},
        )
        const parsed = parseSnapshot(JSON.parse(JSON.stringify(written)))
        expect(parsed).toEqual({ ok: true, snapshot: taken })
        if (!parsed.ok) return
        expect(canonicalJson(parsed.snapshot)).toBe(canonicalJson(taken))
        expect(select(parsed.snapshot).snapshotSha256).toBe(sha256Hex(canonicalJson(taken)))
        expect(canonicalJson(parsed.snapshot)).not.toContain('"otherRound":null')
      }),
    )
  })

  test.each([
    ['another word', 'waitlisted', /「selected」「declined」のいずれか/],
    ['a capital', 'Selected', /「selected」「declined」のいずれか/],
    ['no word', '', /「selected」「declined」のいずれか/],
    ['true', true, /「selected」「declined」のいずれか/],
    ['a number', 1, /「selected」「declined」のいずれか/],
    ['a list', ['selected'], /「selected」「declined」のいずれか/],
    ['an object', { round: 1 }, /「selected」「declined」のいずれか/],
  ])('%s is refused with its path', (_, otherRound, message) => {
    const taken = each(snapshot([candidate('1'), candidate('2'), candidate('3')]), (_one, index) =>
      index === 2 ? { otherRound } : {},
    )
    expect(parseSnapshot(taken)).toEqual({
      ok: false,
      problems: [{ path: 'candidates[2].otherRound', message: expect.stringMatching(message) }],
    })
  })

  test('a misspelt key is refused, not passed over', () => {
    const taken = each(snapshot([candidate('1')]), () => ({ otherround: 'selected' }))
    expect(parseSnapshot(taken)).toMatchObject({ problems: [{ path: 'candidates[0].otherround' }] })
  })
})
