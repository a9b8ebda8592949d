import fc from 'fast-check'
import { expect, test } from 'vitest'
import { select } from '../../../src/domain/selection/select.ts'
import { contests, editions, MEDIUM, SMALL, snapshots } from './arbitraries.ts'
import {
  bestByTrial,
  codesOf,
  contendersOf,
  lackingOf,
  mostUnits,
  unitsServed,
  withRedistribution,
} from './reference.ts'

test('selects what a trial of every possible selection finds best', () => {
  fc.assert(
    fc.property(fc.oneof(contests, snapshots(SMALL), editions(SMALL)), (snapshot) => {
      const { policy } = snapshot
      const contenders = contendersOf(snapshot)
      const finish = (seated: Set<string>) =>
        policy.shortfall === 'redistribute' ? withRedistribution(contenders, policy, seated) : seated
      const seated = bestByTrial(contenders, snapshot, policy.regionFloor)
      const withoutFloors = finish(bestByTrial(contenders, snapshot, 0))
      const selected = select(snapshot).results.filter(({ decision }) => decision === 'selected')

      expect(codesOf(selected)).toEqual(finish(seated))
      for (const { code, basis } of selected) {
        const { designated } = contenders.find((contender) => contender.code === code)!
        const byRank = withoutFloors.has(code) ? 'rank' : 'region_floor'
        expect(basis).toBe(designated ? 'designated' : seated.has(code) ? byRank : 'redistributed')
      }
    }),
    { numRuns: 1000 },
  )
})

test('serves as many floor units as a flow through every single hospital can', () => {
  fc.assert(
    fc.property(snapshots(MEDIUM, { shortfall: 'leave' }), (snapshot) => {
      const contenders = contendersOf(snapshot)
      const seated = codesOf(select(snapshot).results.filter(({ decision }) => decision === 'selected'))
      const walked = contenders.filter(({ code, designated }) => seated.has(code) && !designated)
      const lacking = lackingOf(contenders, snapshot, snapshot.policy.regionFloor)
      expect(unitsServed(walked, lacking)).toBe(mostUnits(contenders, snapshot))
    }),
    { numRuns: 200 },
  )
})
