import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  confirmationCode,
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
  test('has eight characters that nobody mixes up', () => {
    for (let drawn = 0; drawn < 200; drawn += 1)
      expect(confirmationCode(randomBytes)).toMatch(/^[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}$/)
  })

  test('every character is equally likely: bytes that would favour some are thrown away', () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte)
    const counts = new Map<string, number>()
    for (const byte of bytes) {
      // One byte of each value, then seven that stand for the first character.
      const feed = [byte, 0, 0, 0, 0, 0, 0, 0, 0]
      const [first] = confirmationCode(() => Uint8Array.of(feed.shift()!))
      if (byte < 232) counts.set(first!, (counts.get(first!) ?? 0) + 1)
      else expect(first).toBe('2')
    }
    expect(new Set(counts.values())).toEqual(new Set([8]))
    expect(counts.size).toBe(29)
  })

  test('is read back however a person types it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 60 }), (bytes) => {
        const feed = [...bytes]
        const code = confirmationCode(() => Uint8Array.of(feed.shift() ?? 0))
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
