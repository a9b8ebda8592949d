import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareText } from '../../../src/domain/text/text-order.ts'

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '試', '﨑', '𠮷', '🏥', '\uffff', '\ue000'),
  maxLength: 4,
})

function byCodePoints(a: string, b: string): number {
  const left = [...a].map((character) => character.codePointAt(0)!)
  const right = [...b].map((character) => character.codePointAt(0)!)
  const at = left.findIndex((point, index) => point !== right[index])
  if (at < 0) return left.length - right.length
  return at < right.length ? left[at]! - right[at]! : 1
}

test('orders by code point, where JavaScript itself would order by UTF-16 unit', () => {
  expect(['𠮷野', '﨑山'].sort(compareText)).toEqual(['﨑山', '𠮷野'])
  expect(['𠮷野', '﨑山'].sort()).toEqual(['𠮷野', '﨑山'])
})

test('a prefix comes first', () => {
  expect(['病院2', '病院', '病院10'].sort(compareText)).toEqual(['病院', '病院10', '病院2'])
})

test('agrees with a comparison of the code points one by one', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Math.sign(byCodePoints(a, b)))
    }),
  )
})
