import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grouped } from '../../../src/domain/text/grouped.ts'

test('in threes, from the right', () => {
  const numbers = [0, 7, 999, 1_000, 12_345, 300_000, 1_234_567, -1_000, 1_234.5]
  expect(numbers.map(grouped)).toEqual([
    '0',
    '7',
    '999',
    '1,000',
    '12,345',
    '300,000',
    '1,234,567',
    '-1,000',
    '1,234.5',
  ])
})

test('as Japanese is written by the tables of Unicode', () => {
  const tenths = fc.integer({ min: -1e9, max: 1e9 }).map((tenths) => tenths / 10)
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), tenths), (number) => {
      expect(grouped(number)).toBe((number + 0).toLocaleString('ja-JP'))
    }),
  )
})
