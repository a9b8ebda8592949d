import { expect, test } from 'vitest'
import { dayChart } from '../../src/admin/charts.ts'

const days = (...values: (number | null)[]) =>
  values.map((value, index) => ({ label: `3/${index + 1}`, value, isDeadline: index === values.length - 1 }))

test('bars grow with their values from a common base and stay inside the picture', () => {
  const chart = dayChart(days(0, 5, 10))
  const [none, half, full] = chart.bars
  expect(none!.height).toBe(0)
  expect(full!.height).toBeCloseTo(2 * half!.height, 0)
  for (const { x, y, width, height } of chart.bars) {
    expect(y + height).toBeCloseTo(chart.base, 5)
    expect(y).toBeGreaterThanOrEqual(chart.top)
    expect(x + width).toBeLessThanOrEqual(chart.width)
  }
})

test.each([
  [1, ['0', '1']],
  [4, ['0', '1', '2', '3', '4']],
  [5, ['0', '2', '4', '6']],
  [57, ['0', '20', '40', '60']],
  [0, ['0', '1']],
])('the lines of at most %i are round numbers', (most, lines) => {
  expect(dayChart(days(most)).lines.map(({ text }) => text)).toEqual(lines)
})

test('a day that has not come has a place and no bar; the deadline is at the end of its day', () => {
  const chart = dayChart(days(3, null))
  expect(chart.bars).toHaveLength(1)
  expect(chart.labels.map(({ text }) => text)).toEqual(['3/1', '3/2'])
  expect(chart.deadline).toBeGreaterThan(chart.labels[1]!.x)
  expect(dayChart([{ label: '3/1', value: 1, isDeadline: false }]).deadline).toBeNull()
})

test('many days are not all named', () => {
  expect(dayChart(days(...Array(60).fill(1))).labels.length).toBeLessThanOrEqual(16)
})

test('no day at all is a picture without bars', () => {
  expect(dayChart([]).bars).toEqual([])
})
