import { expect, test } from 'vitest'
import { labelOfOccasion, occasionOf, reminderDaysOf } from '../../../src/domain/survey/reminder.ts'

test.each([
  ['3', [3]],
  ['', []],
  ['7、3,1', [7, 3, 1]],
  ['１日前　３日前', [3, 1]],
  ['3 3', [3]],
  ['0', [0]],
  ['60', [60]],
  ['61', null],
  ['三', null],
  ['-1', null],
  ['1,2,3,4,5,6', null],
])('%j is %j days before the deadline', (typed, days) => {
  expect(reminderDaysOf(typed)).toEqual(days)
})

/** 3月18日 24時 */
const period = { closesAt: new Date('2024-03-18T15:00:00Z') }

test.each([
  [
    '2024-03-10T15:00:00Z',
    { id: '2024-03-18/2024-03-11', label: '臨時（令和6年3月11日（月））', isDue: false },
  ],
  [
    '2024-03-11T14:59:00Z',
    { id: '2024-03-18/2024-03-11', label: '臨時（令和6年3月11日（月））', isDue: false },
  ],
  [
    '2024-03-14T14:59:00Z',
    { id: '2024-03-18/2024-03-14', label: '臨時（令和6年3月14日（木））', isDue: false },
  ],
  ['2024-03-14T15:00:00Z', { id: '2024-03-18/3', label: '回答期限の3日前', isDue: true }],
  ['2024-03-16T15:00:00Z', { id: '2024-03-18/3', label: '回答期限の3日前', isDue: true }],
  ['2024-03-17T15:00:00Z', { id: '2024-03-18/0', label: '回答期限の当日', isDue: true }],
  ['2024-03-18T15:00:00Z', { id: '2024-03-18/0', label: '回答期限の当日', isDue: false }],
])('at %s the occasion is %j', (now, occasion) => {
  expect(occasionOf(period, [3, 0], new Date(now))).toEqual(occasion)
  expect(labelOfOccasion(occasion.id)).toBe(occasion.label)
})

test('an extended deadline makes occasions of its own', () => {
  const later = { closesAt: new Date('2024-03-25T15:00:00Z') }
  expect(occasionOf(later, [7], new Date('2024-03-18T00:00:00Z')).id).toBe('2024-03-25/7')
})
