/** Geometry of the charts: views draw it as SVG with classes, as no style may stand in a page. */

interface DayValue {
  /** 3/8 */
  label: string
  /** Null: no bar. */
  value: number | null
  isDeadline: boolean
}

export interface DayChart {
  width: number
  height: number
  bars: { x: number; y: number; width: number; height: number; value: number; middle: number }[]
  /** Under the bars; every so many where there are too many days to name each. */
  labels: { x: number; text: string }[]
  /** Horizontal lines with their value, from 0 up. */
  lines: { y: number; text: string }[]
  /** The baseline's y. */
  base: number
  left: number
  top: number
  /** Where the bar of the last day for an answer ends; null where none is it. */
  deadline: number | null
}

const WIDTH = 720
const HEIGHT = 220
const LEFT = 36
const RIGHT = 28
const TOP = 28
const BOTTOM = 28
const MOST_LABELS = 16

/** A bar a day, or a longer span, in units of the viewBox. */
export function dayChart(days: readonly DayValue[]): DayChart {
  const most = days.reduce((highest, { value }) => Math.max(highest, value ?? 0), 1)
  const step = stepFor(most)
  const highest = step * Math.ceil(most / step)
  const base = HEIGHT - BOTTOM
  const slot = (WIDTH - LEFT - RIGHT) / Math.max(1, days.length)
  const every = Math.ceil(days.length / MOST_LABELS)
  const yOf = (value: number) => round(base - (value / highest) * (base - TOP))
  const xOf = (place: number) => round(LEFT + place * slot)
  const deadline = days.findIndex(({ isDeadline }) => isDeadline)
  return {
    width: WIDTH,
    height: HEIGHT,
    base,
    left: LEFT,
    top: TOP,
    deadline: deadline < 0 ? null : xOf(deadline + 1),
    bars: days.flatMap(({ value }, index) =>
      value === null
        ? []
        : [
            {
              x: xOf(index + 0.15),
              y: yOf(value),
              width: round(slot * 0.7),
              height: round(base - yOf(value)),
              value,
              middle: xOf(index + 0.5),
            },
          ],
    ),
    labels: days.flatMap(({ label }, index) =>
      index % every === 0 ? [{ x: xOf(index + 0.5), text: label }] : [],
    ),
    lines: Array.from({ length: highest / step + 1 }, (_, index) => ({
      y: yOf(index * step),
      text: String(index * step),
    })),
  }
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that needs at most four lines. */
function stepFor(most: number): number {
  for (let power = 1; ; power *= 10)
    for (const digit of [1, 2, 5]) if (most / (digit * power) <= 4) return digit * power
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
