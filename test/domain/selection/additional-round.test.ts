import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldByBand, withSeatsLeft } from '../../../src/domain/selection/additional-round.ts'
import { type Band, bandIndexOf } from '../../../src/domain/selection/bands.ts'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'

const policyWith = (...bands: [min: number, max: number | null, seats: number][]) => ({
  ...DEFAULT_POLICY,
  bands: bands.map(([min, max, seats]): Band => ({ id: `${min}-`, min, max, seats })),
})
const left = (policy: { bands: Band[] }) => policy.bands.map(({ seats }) => seats)

test('a band has the seats that nobody holds', () => {
  const policy = policyWith([20, 99, 3], [100, null, 2])
  expect(left(withSeatsLeft(policy, [30, 99, 100]))).toEqual([1, 1])
  expect(withSeatsLeft(policy, [])).toEqual(policy)
})

test('bands cut anew count a held seat where the beds lie today', () => {
  expect(left(withSeatsLeft(policyWith([20, 49, 2], [50, 99, 2], [100, null, 2]), [30, 60, 60]))).toEqual([
    1, 0, 2,
  ])
})

test('seats beyond a band are taken from what is left elsewhere, from the smallest band up', () => {
  expect(left(withSeatsLeft(policyWith([20, 99, 1], [100, 199, 1], [200, null, 3]), [30, 40, 50]))).toEqual([
    0, 0, 2,
  ])
  expect(left(withSeatsLeft(policyWith([20, 99, 1], [100, null, 1]), [10]))).toEqual([0, 1])
})

test('never more is given away than the prefecture has, and no band gets more than its own', () => {
  const bands = fc
    .array(fc.nat(30), { minLength: 1, maxLength: 6 })
    .map((seats) =>
      policyWith(
        ...seats.map((each, index): [number, number | null, number] => [
          20 + index * 100,
          index === seats.length - 1 ? null : 119 + index * 100,
          each,
        ]),
      ),
    )
  fc.assert(
    fc.property(bands, fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 60 }), (policy, taken) => {
      const after = withSeatsLeft(policy, taken)
      const total = left(policy).reduce((sum, seats) => sum + seats, 0)
      const free = left(after).reduce((sum, seats) => sum + seats, 0)
      expect(free).toBe(Math.max(0, total - taken.length))
      const { inBand, outside } = heldByBand(policy, taken)
      expect(inBand.reduce((sum, held) => sum + held, outside)).toBe(taken.length)
      for (const [index, seats] of left(after).entries()) {
        const inBand = taken.filter((beds) => bandIndexOf(policy.bands, beds) === index).length
        expect(seats).toBeGreaterThanOrEqual(0)
        expect(seats).toBeLessThanOrEqual(Math.max(0, policy.bands[index]!.seats - inBand))
      }
    }),
  )
})
