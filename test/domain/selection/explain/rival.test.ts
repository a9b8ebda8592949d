import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOSPITAL_FUNCTION_IDS } from '../../../../src/domain/master/hospital.ts'
import { allot } from '../../../../src/domain/selection/allotment.ts'
import { type Contest, contestOf } from '../../../../src/domain/selection/explain/contest.ts'
import { rivalOf } from '../../../../src/domain/selection/explain/rival.ts'
import type { SnapshotPolicy } from '../../../../src/domain/selection/policy.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { bands, candidate, snapshot } from '../builders.ts'

/** By whole runs of the engine: how many places from the top have a seat for a hospital, as ranking higher never costs one. */
function placesByRuns({ field, ranked, snapshot }: Contest, place: number): number {
  const others = ranked.toSpliced(place, 1)
  const hasSeatAt = (tried: number) =>
    allot(field, others.toSpliced(tried, 0, ranked[place]!), snapshot.policy)[tried] !== null
  const refused = ranked.findIndex((_, tried) => !hasSeatAt(tried))
  return refused < 0 ? ranked.length : refused
}

/** More hospitals than lie between two stops of the walk, in few bands and regions, some of them designated. */
function manyHospitals(drawn: readonly number[], policy: Partial<SnapshotPolicy>): Snapshot {
  const at = (index: number, bound: number) =>
    ((drawn[index % drawn.length]! >>> (index % 11)) + index) % bound
  const hospitals = Array.from({ length: 170 }, (_, index) =>
    candidate(String(1000 + index), {
      beds: 20 + at(index, 120),
      region: `第${Math.min(at(index + 7, 5), at(index + 3, 5))}医療圏`,
      functions: HOSPITAL_FUNCTION_IDS.filter((_, place) => at(index + place * 5, 4) === 0),
      override: at(index, 40) === 0 ? { kind: 'designate', reason: '県の判断' } : null,
    }),
  )
  return snapshot(hospitals, { bands: bands(at(1, 60), at(2, 60)), ...policy })
}

test.each([
  ['floors', { regionFloor: 12, shortfall: 'leave' as const }],
  ['no floors', { regionFloor: 0, shortfall: 'leave' as const }],
  ['floors and seats that are left over', { regionFloor: 12, shortfall: 'redistribute' as const }],
])('the line of a hospital is where whole runs find it: %s', (_, policy) => {
  const draws = fc.array(fc.nat(), { minLength: 3, maxLength: 40 })
  fc.assert(
    fc.property(draws, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (drawn, asked) => {
      const contest = contestOf(manyHospitals(drawn, policy))
      const free = contest.ranked.flatMap(({ entrant }, place) => (entrant.designated ? [] : [place]))
      for (const each of asked) {
        const place = free[each % free.length]!
        const others = contest.ranked.toSpliced(place, 1)
        const places = placesByRuns(contest, place)
        const expected = places === 0 ? 'no' : (others[places - 1] ?? 'any')
        expect(rivalOf(contest, place)).toBe(places === contest.ranked.length ? 'any' : expected)
      }
    }),
    { numRuns: 30 },
  )
})
