import { afterEach, expect, test, vi } from 'vitest'
import { amend } from '../../../src/domain/selection/amendment.ts'
import { contestOf } from '../../../src/domain/selection/explain/contest.ts'
import { rivalOf } from '../../../src/domain/selection/explain/rival.ts'
import type { SnapshotPolicy } from '../../../src/domain/selection/policy.ts'
import { amendedReading, readingOf } from '../../../src/domain/selection/reading.ts'
import { SeatFlow } from '../../../src/domain/selection/seats.ts'
import { select } from '../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../src/domain/selection/snapshot.ts'
import { reasonsFile, reasonsOf } from '../../../src/domain/selection/words/reasons.ts'
import { bands, candidate, snapshot } from './builders.ts'

/** How the work grows with the hospitals, counted and not timed: a count is the same on every machine. */

afterEach(() => vi.restoreAllMocks())

function hospitals(count: number, policy: Partial<SnapshotPolicy>): Snapshot {
  const drawn = (index: number, bound: number) => (Math.imul(index + 1, 2_654_435_761) >>> 16) % bound
  const candidates = Array.from({ length: count }, (_, index) =>
    candidate(String(10_000_000 + drawn(index, 1000) * 10_000 + index), {
      beds: 20 + drawn(index * 3, 180),
      region: `第${drawn(index * 7, Math.ceil(count / 25))}医療圏`,
      functions: (['emergency', 'disaster', 'remote'] as const).filter(
        (_, at) => drawn(index * 5 + at, 3) === 0,
      ),
    }),
  )
  return snapshot(candidates, { bands: bands(Math.floor(count / 6), Math.floor(count / 9)), ...policy })
}

/** Comparisons of sorts, seats offered, and how often a hospital's beds are read. */
function countedIn(taken: Snapshot, work: (taken: Snapshot) => unknown) {
  const counts = { comparisons: 0, offers: 0, reads: 0 }
  const candidates = taken.candidates.map((each) => ({
    ...each,
    get beds() {
      counts.reads += 1
      return each.beds
    },
  }))
  const { sort, toSorted } = Array.prototype
  const counted = (compare: (a: unknown, b: unknown) => number) => (a: unknown, b: unknown) => {
    counts.comparisons += 1
    return compare(a, b)
  }
  vi.spyOn(Array.prototype, 'sort').mockImplementation(function (this: unknown[], compare) {
    return sort.call(this, compare && counted(compare))
  })
  vi.spyOn(Array.prototype, 'toSorted').mockImplementation(function (this: unknown[], compare) {
    return toSorted.call(this, compare && counted(compare))
  })
  const offer = SeatFlow.prototype.offer
  vi.spyOn(SeatFlow.prototype, 'offer').mockImplementation(function (this: SeatFlow, ...seat) {
    counts.offers += 1
    return offer.apply(this, seat)
  })
  work({ ...taken, candidates })
  vi.restoreAllMocks()
  return counts
}

const POLICIES: readonly [string, Partial<SnapshotPolicy>][] = [
  ['no floors', { regionFloor: 0 }],
  ['floors', { regionFloor: 1 }],
  ['high floors', { regionFloor: 5 }],
  ['all tied, so all by lottery', { criteria: {}, tieBreak: ['lottery'] }],
]

test.each(POLICIES)('a selection sorts once and asks every hospital as often as ever: %s', (_, policy) => {
  for (const count of [500, 1000, 2000, 4000]) {
    const { comparisons, offers, reads } = countedIn(hospitals(count, policy), select)
    expect(comparisons).toBeGreaterThan(count)
    expect(comparisons).toBeLessThan(1.3 * count * Math.log2(count))
    // One walk, and one with the floors off where there are any.
    expect(offers).toBeLessThanOrEqual(2 * count)
    expect(reads / count).toBeLessThan(2 * Math.log2(count))
  }
})

test.each(POLICIES.slice(0, 3))(
  'whose seat hangs on the lot takes a walk and a little more: %s',
  (_, policy) => {
    const lots = {
      tieBreak: ['lottery' as const, 'submittedAt' as const],
      shortfall: 'leave' as const,
      ...policy,
    }
    const counts = [1000, 2000, 4000].map((count) => {
      const { contest, lots: effect } = readingOf(hospitals(count, lots))
      contest()
      return countedIn(hospitals(count, lots), effect).offers / count
    })
    expect(Math.max(...counts)).toBeLessThan(2.5 * Math.min(...counts) + 8)
  },
)

test.each(POLICIES)('the line of a hospital takes no run of the engine for itself: %s', (_, policy) => {
  const contest = contestOf(hospitals(4000, policy))
  rivalOf(contest, 0)
  const places = Array.from({ length: 40 }, (_, index) => index * 97)
  const { offers } = countedIn(hospitals(10, policy), () => places.map((place) => rivalOf(contest, place)))
  expect(offers / places.length).toBeLessThan(2500)
})

/** How often a list of at least so many items was looked through. */
function lookedThroughIn(most: number, work: () => unknown): number {
  let times = 0
  const seen = (list: { length: number }) => {
    if (list.length >= most) times += 1
  }
  for (const name of ['filter', 'find', 'findIndex', 'findLast', 'includes', 'indexOf', 'some'] as const) {
    const look = Array.prototype[name] as (...given: unknown[]) => unknown
    vi.spyOn(Array.prototype, name).mockImplementation(function (this: unknown[], ...given: unknown[]) {
      seen(this)
      return look.apply(this, given)
    } as never)
  }
  const { groupBy } = Map
  vi.spyOn(Map, 'groupBy').mockImplementation(((list: unknown[], keyOf: never) => {
    seen(list)
    return groupBy(list, keyOf)
  }) as never)
  work()
  vi.restoreAllMocks()
  return times
}

test.each(POLICIES)(
  'why each is where it is is said without looking through all the others: %s',
  (_, policy) => {
    const count = 600
    const first = readingOf(hospitals(count, policy))
    const outcome = amend(first.result, [])
    if (!outcome.ok) throw new Error('nobody declined')
    const reading = amendedReading(first, outcome.amended)
    first.contest()
    // Each of two bands has half of them.
    const times = lookedThroughIn(count / 4, () => reasonsFile(reading, reasonsOf(reading)))
    expect(times).toBeLessThan(count / 2)
  },
)
