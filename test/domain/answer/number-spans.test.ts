import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberSpans } from '../../../src/domain/answer/number-spans.ts'

test('every number lies in one span, and no span lies outside them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(999_999_999), { minLength: 1 }), (numbers) => {
      const spans = numberSpans(numbers, 'か所')
      for (const number of numbers) expect(spans.filter(({ holds }) => holds(number))).toHaveLength(1)
      for (const span of [spans[0]!, spans.at(-1)!]) expect(numbers.some(span.holds)).toBe(true)
      expect(new Set(spans.map(({ id }) => id)).size).toBe(spans.length)
    }),
  )
})

test.each<[number[], string[]]>([
  [[], []],
  [[0], ['0か所']],
  [
    [1, 12],
    ['1か所', '2～4か所', '5～9か所', '10～19か所'],
  ],
  [[999_999_999], ['500,000,000か所以上']],
])('%j: %j', (numbers, labels) => {
  expect(numberSpans(numbers, 'か所').map(({ label }) => label)).toEqual(labels)
})
