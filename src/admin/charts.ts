/**
 * Geometry of the charts: views draw it as SVG with classes, as no style may stand in a page. Across it is in percent,
 * so that a picture is as wide as its page while its words keep their size; down it is in pixels.
 */

interface DayValue {
  /** 3/8 */
  label: string
  /** Null: no bar. */
  value: number | null
  isDeadline: boolean
}

export interface DayChart {
  height: number
  /** The baseline's y. */
  base: number
  bars: { x: number; y: number; width: number; height: number }[]
  /** Above the bars, where there is room for them; what is not `isMain` only where the page is wide. */
  values: { x: number; y: number; text: string; isMain: boolean }[]
  /** Under the bars; every so many where there are too many days to name each. */
  labels: { x: number; text: string; isMain: boolean }[]
  /** Horizontal lines with their value, from 0 up. */
  lines: { y: number; text: string }[]
  /** Where the bar of the last day for an answer ends, and to which side its name goes; null where none is it. */
  deadline: { x: number; y: number; anchor: 'start' | 'middle' | 'end' } | null
}

const HEIGHT = 230
const TOP = 42
const BASE = HEIGHT - 28
/** In pixels: how wide the plot at least is on a phone of 320, and on a page of 640 that counts as wide. */
const NARROW = 216
const WIDE = 520
const DIGIT = 8
const LABEL = 43
/** How far the words above a bar stand above it and above a line, and how high they are. */
const GAP = 5
const TEXT = 13

/** A bar a day, or a longer span. */
export function dayChart(days: readonly DayValue[]): DayChart {
  const most = days.reduce((highest, { value }) => Math.max(highest, value ?? 0), 1)
  const step = stepFor(most)
  const highest = step * Math.ceil(most / step)
  const yOf = (value: number) => round(BASE - (value / highest) * (BASE - TOP))
  const slot = 100 / Math.max(1, days.length)
  const lines = Array.from({ length: highest / step + 1 }, (_, index) => ({
    y: yOf(index * step),
    text: String(index * step),
  }))
  const deadline = days.findIndex(({ isDeadline }) => isDeadline)
  const counted = days.flatMap(({ value }, index) => (value === null ? [] : [{ value, index }]))
  return {
    height: HEIGHT,
    base: BASE,
    lines,
    bars: counted.map(({ value, index }) => ({
      x: round((index + 0.15) * slot),
      y: yOf(value),
      width: round(0.7 * slot),
      height: round(BASE - yOf(value)),
    })),
    values: valuesOf(counted, days.length).map(({ value, index, isMain }) => ({
      x: round((index + 0.5) * slot),
      y: clearOf(lines, yOf(value)),
      text: String(value),
      isMain,
    })),
    labels: labelsOf(days.length).map(({ index, isMain }) => ({
      x: round((index + 0.5) * slot),
      text: days[index]!.label,
      isMain,
    })),
    deadline: deadline < 0 ? null : { ...sideOf((deadline + 1) * slot), y: TOP - GAP - TEXT - GAP },
  }
}

interface Counted {
  value: number
  index: number
}

/** All of them where every one fits into its slot; otherwise the highest alone. */
function valuesOf(counted: readonly Counted[], slots: number): (Counted & { isMain: boolean })[] {
  const shown = counted.filter(({ value }) => value > 0)
  const most = shown.reduce((highest, { value }) => Math.max(highest, value), 0)
  const needed = (String(most).length * DIGIT + 2) * slots
  const peak = shown.find(({ value }) => value === most)
  return shown
    .map((each) => ({ ...each, isMain: needed <= NARROW || each === peak }))
    .filter(({ isMain }) => isMain || needed <= WIDE)
}

/** Where words above a bar begin: higher, where a line would go through them. */
function clearOf(lines: readonly { y: number }[], top: number): number {
  const y = top - GAP
  const crossing = lines.find((line) => line.y < BASE && line.y > y - TEXT - 1 && line.y < y + GAP - 1)
  return round(crossing ? crossing.y - GAP : y)
}

function labelsOf(slots: number): { index: number; isMain: boolean }[] {
  const every = Math.max(1, Math.ceil((slots * LABEL) / WIDE))
  const onPhone = every * Math.max(1, Math.ceil((slots * LABEL) / NARROW / every))
  return Array.from({ length: Math.ceil(slots / every) }, (_, place) => place * every).map((index) => ({
    index,
    isMain: index % onPhone === 0,
  }))
}

function sideOf(x: number): Pick<NonNullable<DayChart['deadline']>, 'x' | 'anchor'> {
  return { x: round(x), anchor: x > 85 ? 'end' : x < 15 ? 'start' : 'middle' }
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that needs at most four lines. */
function stepFor(most: number): number {
  for (let power = 1; ; power *= 10)
    for (const digit of [1, 2, 5]) if (most / (digit * power) <= 4) return digit * power
}

/** In percent: the eligible of each band, of them the selected, and where its seats end. */
export type SeatBars = { eligible: number; selected: number; seats: number }[]

/** Bars of one scale, so that the bands can be compared. */
export function seatBars(bands: readonly SeatBars[number][]): SeatBars {
  const most = bands.reduce((highest, { eligible, seats }) => Math.max(highest, eligible, seats), 1)
  const share = (count: number) => round((count / most) * 100)
  return bands.map(({ eligible, selected, seats }) => ({
    eligible: share(eligible),
    selected: share(selected),
    seats: share(seats),
  }))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
