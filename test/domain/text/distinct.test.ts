import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distinctLabels } from '../../../src/domain/text/distinct.ts'

test('no two are the same, nor one that is taken; what is its own stays', () => {
  const label = fc.constantFrom('備考', '備考（2）', '点数', '点数（2）')
  fc.assert(
    fc.property(fc.array(label), fc.array(label), (labels, taken) => {
      const own = distinctLabels(labels, taken)
      expect(new Set([...own, ...taken]).size).toBe(own.length + new Set(taken).size)
    }),
  )
  expect(distinctLabels(['備考', '構成図', '備考'], ['備考'])).toEqual(['備考（2）', '構成図', '備考（3）'])
})
