import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  confirmationCode,
  givenCodeHash,
  normaliseConfirmationCode,
  normaliseReceiptKey,
  receiptNumber,
} from '../../../src/domain/answer/receipt.ts'

test.each([
  [1, 'R-0001'],
  [9999, 'R-9999'],
  [10_000, 'R-10000'],
])('receipt %i is %s', (sequence, number) => {
  expect(receiptNumber(sequence)).toBe(number)
})

describe('確認コード', () => {
  const KEY = new Uint8Array(32).fill(1)
  const SENDING = '00000000-0000-4000-8000-000000000001'

  test('has eight characters that nobody mixes up, each as likely as any other', () => {
    const counts = new Map<string, number>()
    for (let n = 0; n < 2_000; n += 1) {
      const code = confirmationCode(KEY, `${n}`)
      expect(code).toMatch(/^[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}$/)
      for (const letter of code.replace('-', '')) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    expect(counts.size).toBe(29)
    const expected = (2_000 * 8) / 29
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected / 4)
  })

  test('is the same whenever it is made, and another one for another key or another sending', () => {
    expect(confirmationCode(KEY, SENDING)).toBe(confirmationCode(KEY, SENDING))
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uuid(), (key, id) => {
        expect(confirmationCode(key, id)).not.toBe(confirmationCode(KEY, SENDING))
      }),
    )
  })

  test('of before is kept as what only the key makes of it', () => {
    const kept = givenCodeHash(KEY, SENDING, 'ABCD-2345')
    expect(kept).toMatch(/^[0-9a-f]{64}$/)
    expect(kept).not.toBe(givenCodeHash(new Uint8Array(32), SENDING, 'ABCD-2345'))
    expect(kept).not.toBe(givenCodeHash(KEY, SENDING, 'ABCD-2346'))
    expect(kept).not.toBe(givenCodeHash(KEY, 'another', 'ABCD-2345'))
  })

  test('is read back however a person types it', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const code = confirmationCode(KEY, id)
        const fullWidth = code.replace(/[!-~]/g, (letter) =>
          String.fromCharCode(letter.charCodeAt(0) + 0xfee0),
        )
        for (const typed of [
          code,
          code.toLowerCase(),
          code.replace('-', ''),
          ` ${code.replace('-', 'ー')} `,
          fullWidth,
        ])
          expect(normaliseConfirmationCode(typed)).toBe(code)
      }),
    )
  })

  test('that begins like a number stays a code', () => {
    expect(normaliseConfirmationCode('R234-5678')).toBe('R234-5678')
  })
})

test.each(['R-0012', 'r12', 'Ｒ－００１２', ' R 0012 ', '12', 'R‐0012'])('%s is receipt R-0012', (typed) => {
  expect(normaliseReceiptKey(typed)).toBe('R-0012')
})

test.each(['', 'X-0012', 'R-12-x', '病院', `R-${'9'.repeat(30)}`])(
  '%j is no receipt and does no harm',
  (typed) => {
    expect(normaliseReceiptKey(typed)).not.toMatch(/^R-\d{4,9}$/)
  },
)
