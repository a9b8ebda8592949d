import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carriedOrder } from '../../../src/domain/selection/carried-order.ts'

const CODES = [...'ABCDEFG']
const order = fc.shuffledSubarray(CODES, { minLength: CODES.length })
const carried = (then: string, wanted: string, now: string) =>
  carriedOrder([...then], [...wanted], [...now]).join('')

describe('an order that was asked for on an earlier ranking', () => {
  test.each([
    ['ABCDE', 'ABCDE', 'EABCD', 'EABCD'],
    ['ABCDE', 'DABCE', 'EABCD', 'DEABC'],
    ['ABCDE', 'ADBCE', 'EABCD', 'EADBC'],
    ['ABCDE', 'BACDE', 'ABCED', 'BACED'],
    ['ABCDE', 'EABCD', 'EABCD', 'EABCD'],
    ['ABCDE', 'ABDCE', 'EDCBA', 'ECBDA'],
  ])('on %s for %s is, today with %s, %s', (then, wanted, now, expected) => {
    expect(carried(then, wanted, now)).toBe(expected)
  })

  test('that changed nothing changes nothing today', () => {
    fc.assert(
      fc.property(order, order, (then, now) => {
        expect(carriedOrder(then, then, now)).toEqual(now)
      }),
    )
  })

  test('is that order where the ranking is the same', () => {
    fc.assert(
      fc.property(order, order, (then, wanted) => {
        expect(carriedOrder(then, wanted, then)).toEqual(wanted)
      }),
    )
  })

  test('holds every hospital once', () => {
    fc.assert(
      fc.property(order, order, order, (then, wanted, now) => {
        expect(carriedOrder(then, wanted, now).toSorted()).toEqual(CODES)
      }),
    )
  })
})
