import { expect, test } from 'vitest'
import { ownAnswer } from '../../../src/domain/record/acceptance.ts'

test.each([
  [null, 'accepted', 'recorded'],
  [null, 'declined', 'recorded'],
  ['accepted', 'accepted', 'already'],
  ['accepted', 'declined', 'recorded'],
  ['declined', 'declined', 'already'],
  ['declined', 'accepted', 'stays-declined'],
] as const)('after %s, %s is %s', (before, answer, outcome) => {
  expect(ownAnswer(before, answer)).toBe(outcome)
})
