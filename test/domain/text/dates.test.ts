import { expect, test } from 'vitest'
import { dateText, dateTimeText, isoMinuteText, monthText } from '../../../src/domain/text/dates.ts'

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
