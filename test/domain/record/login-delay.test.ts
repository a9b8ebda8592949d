import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DELAY_RULES, delayAfter } from '../../../src/domain/record/login-delay.ts'

const seconds = (kind: keyof typeof DELAY_RULES, failures: number) =>
  delayAfter(failures, DELAY_RULES[kind]) / 1000

test('the delay begins after some failures, doubles, and has an end', () => {
  expect([9, 10, 11, 12, 15, 16].map((failures) => seconds('pair', failures))).toEqual([
    0, 30, 60, 120, 900, 900,
  ])
  expect([19, 20, 21, 24].map((failures) => seconds('account', failures))).toEqual([0, 5, 10, 60])
})

test('it never shrinks with a further failure, nor grows beyond its end, however many there are', () => {
  const kinds = fc.constantFrom(...Object.values(DELAY_RULES))
  fc.assert(
    fc.property(kinds, fc.nat(1_000_000), (rule, failures) => {
      const [now, then] = [delayAfter(failures, rule), delayAfter(failures + 1, rule)]
      expect(then).toBeGreaterThanOrEqual(now)
      expect(then).toBeLessThanOrEqual(rule.longest * 1000)
    }),
  )
})

test('what strangers can keep up from everywhere holds nobody up for more than a minute', () => {
  expect(DELAY_RULES.account.longest).toBeLessThanOrEqual(60)
})
