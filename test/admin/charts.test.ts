import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayChart, seatBars } from '../../src/admin/charts.ts'

const days = (...values: (number | null)[]) =>
  values.map((value, index) => ({
    label: `12/${(index % 31) + 1}`,
    value,
    isDeadline: index === values.length - 1,
  }))

/** How wide words are: a digit in pixels, and what is left of the narrowest phone and of the narrowest wide page. */
const DIGIT = 8
const PLOTS = { phone: 216, wide: 520 }

const KINDS: [what: string, values: (number | null)[]][] = [
  ['no day', []],
  ['one day', [7]],
  ['a day without an answer', [0]],
  ['one day that has not come', [null]],
  ['92 days', Array.from({ length: 92 }, (_, day) => day % 13)],
  ['93 days', Array.from({ length: 93 }, (_, day) => (day * 7) % 31)],
  ['400 days', Array.from({ length: 400 }, (_, day) => (day % 50 === 0 ? 31 : 2))],
  ['all nothing', Array(30).fill(0)],
  ['one huge', [3, 0, 4_812, 2, 9, ...Array(16).fill(1)]],
  ['just below a line', [57, 38, 13, 15, 17, 13, 16, 3, null, null]],
  ['on the lines', [20, 40, 60, 0, 1, 19, 21, 39, 41, 59]],
]

function flawsOf(values: readonly (number | null)[]): string[] {
  const chart = dayChart(days(...values))
  const flaws: string[] = []
  const flaw = (isOne: boolean, what: string) => isOne && flaws.push(what)
  flaw(chart.bars.length !== values.filter((value) => value !== null).length, 'a bar is missing')
  for (const { x, y, width, height } of chart.bars) {
    flaw(Math.abs(y + height - chart.base) > 0.05, 'a bar does not stand on the base')
    flaw(y < chart.lines.at(-1)!.y - 0.05, 'a bar is higher than the highest line')
    flaw(x < 0 || x + width > 100.01, 'a bar leaves the picture')
  }
  for (const { y } of chart.values) {
    const [top, bottom] = [y - 11, y + 2]
    flaw(
      chart.lines.some((line) => line.y > top && line.y < bottom),
      'a line goes through a value',
    )
    flaw(chart.deadline !== null && top < chart.deadline.y, 'a value stands in the word of the deadline')
    flaw(bottom > chart.base, 'a value stands in the base')
  }
  for (const [plot, isShown] of [
    [PLOTS.wide, () => true],
    [PLOTS.phone, ({ isMain }: { isMain: boolean }) => isMain],
  ] as const) {
    const inPixels = ({ x, text }: { x: number; text: string }) => ({
      from: (x * plot) / 100 - (text.length * DIGIT) / 2,
      to: (x * plot) / 100 + (text.length * DIGIT) / 2,
    })
    for (const words of [chart.values, chart.labels]) {
      const shown = words.filter(isShown).map(inPixels)
      flaw(
        shown.some(({ from }, index) => index > 0 && from < shown[index - 1]!.to),
        `words meet at ${plot}`,
      )
      flaw(
        shown.some(({ from, to }) => from < -42 || to > plot + 24),
        `words are cut at ${plot}`,
      )
    }
  }
  return [...new Set(flaws)]
}

describe('the answers of each day', () => {
  test.each(KINDS)('%s: everything has its place', (_what, values) => {
    expect(flawsOf(values)).toEqual([])
  })

  test('whatever the days are, no words meet, no line goes through them, none is cut', () => {
    const value = fc.option(fc.oneof(fc.nat(3), fc.nat(80), fc.nat(9_999)), { freq: 6 })
    fc.assert(
      fc.property(fc.array(value, { maxLength: 120 }), (values) => {
        expect(flawsOf(values)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('bars grow with their values', () => {
    const [none, half, full] = dayChart(days(0, 5, 10)).bars
    expect(none!.height).toBe(0)
    expect(full!.height).toBeCloseTo(2 * half!.height, 0)
  })

  test.each([
    [1, ['0', '1']],
    [4, ['0', '1', '2', '3', '4']],
    [5, ['0', '2', '4', '6']],
    [57, ['0', '20', '40', '60']],
    [4_812, ['0', '2000', '4000', '6000']],
    [0, ['0', '1']],
  ])('the lines of at most %i are round numbers', (most, lines) => {
    expect(dayChart(days(most)).lines.map(({ text }) => text)).toEqual(lines)
  })

  test('a day that has not come has a place and no bar; the deadline is at the end of its day', () => {
    const chart = dayChart(days(3, null))
    expect(chart.bars).toHaveLength(1)
    expect(chart.labels.map(({ text }) => text)).toEqual(['12/1', '12/2'])
    expect(chart.deadline).toMatchObject({ x: 100, anchor: 'end' })
    expect(dayChart([{ label: '3/1', value: 1, isDeadline: false }]).deadline).toBeNull()
  })

  test('the word of the deadline stays in the picture', () => {
    const at = (place: number, count: number) =>
      dayChart(
        Array.from({ length: count }, (_, day) => ({ label: '', value: 1, isDeadline: day === place })),
      ).deadline!.anchor
    expect([at(0, 30), at(14, 30), at(29, 30)]).toEqual(['start', 'middle', 'end'])
  })

  test('the highest is said where there is no room for all', () => {
    const chart = dayChart(days(...Array.from({ length: 92 }, (_, day) => (day === 40 ? 312 : 100))))
    expect(chart.values).toMatchObject([{ text: '312', isMain: true }])
  })
})

describe('the seats and the eligible of the bands', () => {
  test.each([
    [[], []],
    [[{ eligible: 0, selected: 0, seats: 0 }], [{ eligible: 0, selected: 0, seats: 0 }]],
    [
      [
        { eligible: 40, selected: 20, seats: 20 },
        { eligible: 1, selected: 1, seats: 4 },
      ],
      [
        { eligible: 100, selected: 50, seats: 50 },
        { eligible: 2.5, selected: 2.5, seats: 10 },
      ],
    ],
    [[{ eligible: 3, selected: 3, seats: 12 }], [{ eligible: 25, selected: 25, seats: 100 }]],
  ])('%j are drawn to one scale', (bands, expected) => {
    expect(seatBars(bands)).toEqual(expected)
  })
})
