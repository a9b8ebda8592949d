import { expect, test } from 'vitest'
import {
  daysLeft,
  deadlineText,
  extensionText,
  openingText,
  periodState,
} from '../../../src/domain/survey/period.ts'

/** 令和6年3月8日 0時 to 令和6年3月18日 24時, in Tokyo. */
const period = { opensAt: new Date('2024-03-07T15:00:00Z'), closesAt: new Date('2024-03-18T15:00:00Z') }

test.each([
  ['2024-03-07T14:59:59.999Z', 'before'],
  ['2024-03-07T15:00:00.000Z', 'open'],
  ['2024-03-18T14:59:59.999Z', 'open'],
  ['2024-03-18T15:00:00.000Z', 'closed'],
])('at %s the period is %s', (now, state) => {
  expect(periodState(period, new Date(now))).toBe(state)
})

test.each([
  ['2024-03-11T01:00:00Z', 7],
  ['2024-03-16T15:00:00Z', 1],
  ['2024-03-17T14:59:59Z', 1],
  ['2024-03-17T15:00:00Z', 0],
  ['2024-03-18T14:59:59Z', 0],
  ['2024-03-18T15:00:00Z', -1],
])('at %s the last day is %i days away, counted by days of Tokyo', (now, days) => {
  expect(daysLeft(period, new Date(now))).toBe(days)
})

test('an extension names both deadlines, the hour only where it is not the end of a day', () => {
  const { closesAt } = period
  expect(extensionText({ closesAt, originalClosesAt: null })).toBe('')
  const originalClosesAt = new Date('2024-03-15T08:00:00Z')
  expect(extensionText({ closesAt, originalClosesAt })).toBe(
    '回答期限を令和6年3月15日（金）17時00分から令和6年3月18日（月）に延長しました。',
  )
})

test('midnight belongs to the day it ends, another hour to its own', () => {
  expect(deadlineText(period)).toBe('令和6年3月18日（月）24時')
  const atFive = { ...period, closesAt: new Date('2024-03-18T08:05:00Z') }
  expect(deadlineText(atFive)).toBe('令和6年3月18日（月）17時05分')
  expect(daysLeft(atFive, new Date('2024-03-18T08:00:00Z'))).toBe(0)
})

test('an opening at midnight is its day, another has its hour', () => {
  expect(openingText(period)).toBe('令和6年3月8日（金）')
  expect(openingText({ opensAt: new Date('2024-03-08T00:00:00Z') })).toBe('令和6年3月8日（金）9時00分')
})

test.each([
  { opensAt: null, closesAt: null },
  { ...period, opensAt: null },
  { ...period, closesAt: null },
])('until both dates are set it is in preparation: %j', (planned) => {
  expect(periodState(planned, new Date('2024-03-11T00:00:00Z'))).toBe('preparing')
})
