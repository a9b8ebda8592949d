import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  counterOf,
  invitationIdIn,
  invitationState,
  invitationToken,
  keyFingerprint,
} from '../../../src/domain/survey/invitation.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const seed = fc.record({
  id: fc.integer({ min: 1, max: 999_999_999 }),
  hospitalCode: fc.string({ minLength: 1, maxLength: 20 }),
  counter: fc.integer({ min: 1, max: 20 }),
})

test('a token is read on paper, and leads back to its invitation and counter', () => {
  fc.assert(
    fc.property(key, seed, fc.integer({ min: 0, max: 3 }), (key, seed, newer) => {
      const token = invitationToken(key, seed)
      expect(token).toMatch(/^[1-9]\d*-[2-9a-hjkmnp-twxyz]{16}$/)
      expect(invitationIdIn(token)).toBe(seed.id)
      const today = { ...seed, counter: seed.counter + newer }
      expect(counterOf(key, today, token)).toBe(seed.counter)
      expect(counterOf(key, today, token.toUpperCase())).toBe(seed.counter)
    }),
  )
})

test('it is of one key, one hospital and one counter alone', () => {
  fc.assert(
    fc.property(key, key, seed, (key, other, seed) => {
      const token = invitationToken(key, seed)
      if (Buffer.compare(Buffer.from(key), Buffer.from(other)) !== 0) {
        expect(counterOf(other, seed, token)).toBeNull()
        expect(keyFingerprint(other)).not.toBe(keyFingerprint(key))
      }
      expect(counterOf(key, { ...seed, hospitalCode: `${seed.hospitalCode}x` }, token)).toBeNull()
      expect(counterOf(key, { ...seed, counter: seed.counter - 1 }, token)).toBeNull()
      expect(invitationToken(key, { ...seed, counter: seed.counter + 1 })).not.toBe(token)
    }),
  )
})

test.each(['', '-', '1', '0-abc', 'x-1', '1234567890-a', '-1-a'])('%j names no invitation', (token) => {
  expect(invitationIdIn(token)).toBeNull()
})

describe('a hospital is', () => {
  const at = new Date(0)
  test.each([
    ['none', null, false],
    ['none', null, true],
    ['untouched', { revokedAt: null, viewedAt: null }, false],
    ['viewed', { revokedAt: null, viewedAt: at }, false],
    ['answered', { revokedAt: null, viewedAt: null }, true],
    ['answered', { revokedAt: at, viewedAt: at }, true],
    ['revoked', { revokedAt: at, viewedAt: at }, false],
  ] as const)('%s', (state, invitation, hasAnswered) => {
    expect(invitationState(invitation, hasAnswered)).toBe(state)
  })
})
