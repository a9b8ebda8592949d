import { describe, expect, test } from 'vitest'
import {
  dateText,
  dateTimeText,
  daysLeft,
  deadlineText,
  extensionText,
  isoMinuteText,
  monthText,
  parseInstant,
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
  expect(deadlineText(period)).toBe('令和6年3月18日（月）24時00分')
  const atFive = { ...period, closesAt: new Date('2024-03-18T08:05:00Z') }
  expect(deadlineText(atFive)).toBe('令和6年3月18日（月）17時05分')
  expect(daysLeft(atFive, new Date('2024-03-18T08:00:00Z'))).toBe(0)
})

test.each([
  ['2024-03-18T00:00:00Z', '令和6年3月18日（月）'],
  ['2024-02-28T15:00:00Z', '令和6年2月29日（木）'],
  ['2019-04-30T14:59:59Z', '平成31年4月30日（火）'],
  ['2019-04-30T15:00:00Z', '令和元年5月1日（水）'],
  ['1989-01-07T15:00:00Z', '平成元年1月8日（日）'],
  ['1989-01-07T14:59:59Z', '1989年1月7日（土）'],
])('%s reads %s', (instant, text) => {
  expect(dateText(new Date(instant))).toBe(text)
})

test('a time reads in 24 hours, in letters and in tables', () => {
  const instant = new Date('2024-03-18T14:05:59Z')
  expect(dateTimeText(instant)).toBe('令和6年3月18日（月）23時05分')
  expect(isoMinuteText(instant)).toBe('2024-03-18 23:05')
})

test.each([
  ['2024-09', '令和6年9月'],
  ['2019-05', '令和元年5月'],
  ['2019-04', '平成31年4月'],
])('the month %s reads %s', (month, text) => {
  expect(monthText(month)).toBe(text)
})

describe('an instant from a setting', () => {
  test.each([
    ['2024-03-18', '2024-03-17T15:00:00.000Z'],
    ['2024-03-18T17:00', '2024-03-18T08:00:00.000Z'],
    ['2024-03-18T17:00:30', '2024-03-18T08:00:30.000Z'],
    ['2024-03-18T17:00:00+09:00', '2024-03-18T08:00:00.000Z'],
    ['2024-03-18T08:00:00.250Z', '2024-03-18T08:00:00.250Z'],
    ['2024-02-29', '2024-02-28T15:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant)
  })

  test('a date alone means the end of that day, where an end is meant', () => {
    expect(parseInstant('2024-03-18', 'end')?.toISOString()).toBe('2024-03-18T15:00:00.000Z')
    expect(parseInstant('2024-03-18T17:00', 'end')?.toISOString()).toBe('2024-03-18T08:00:00.000Z')
  })

  test.each([
    '',
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-3-18',
    '令和6年3月18日',
    '2024-03-18T25:00',
    '2024-03-18 17:00',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeNull()
  })
})
