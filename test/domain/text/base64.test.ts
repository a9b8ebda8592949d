import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, toBase64 } from '../../../src/domain/text/base64.ts'

test('any bytes, as Node writes and reads them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(toBase64(bytes))).toEqual(new Uint8Array(bytes))
    }),
  )
})

test('of a text only the one way in which it is written', () => {
  const letters = fc.constantFrom(...'AQgw+/=zé\n ')
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      const isWritten = Buffer.from(text, 'base64').toString('base64') === text
      expect([text, fromBase64(text) !== null]).toEqual([text, isWritten])
    }),
    { numRuns: 5000 },
  )
})
