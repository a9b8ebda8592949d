import type { Submission } from '../../domain/answer/submission.ts'
import type { Period } from '../../domain/survey/period.ts'
import { dateText, isoMinuteText, tokyoDay } from '../../domain/text/dates.ts'

export interface AnswersOverTime {
  /** 日, 週, 2週間: what a bar stands for. */
  span: string
  spans: SpanCount[]
}

/** A day, or of a long survey a week or more. */
interface SpanCount {
  /** 3/8 */
  label: string
  /** 令和6年3月8日（金）, or the first and the last day. */
  date: string
  /** Null where it has not come. */
  value: number | null
  /** All up to and with this one. */
  total: number
  /** The last day for an answer lies in it. */
  isDeadline: boolean
}

const DAY = 24 * 60 * 60 * 1000
/** A chart of more bars would be unreadable. */
const MOST_SPANS = 92

/**
 * How many answers came in a day, from the first day of the period to its last, or to the last that one came in;
 * by weeks where the days are too many. None is left out, however long that is.
 * @param period null while nobody has set it
 */
export function answersOverTime(
  submissions: readonly Submission[],
  period: Period | null,
  now: Date,
): AnswersOverTime {
  const arrivals = submissions.map(({ submittedAt }) => submittedAt.getTime())
  const opening = period?.opensAt ?? now
  const deadline = (period?.closesAt ?? now).getTime() - 1
  const first = arrivals.reduce((least, at) => Math.min(least, at), opening.getTime())
  const firstDay = tokyoDay(new Date(first))
  const placeOf = (time: number) => tokyoDay(new Date(time)) - firstDay
  const last = arrivals.reduce((most, at) => Math.max(most, placeOf(at)), placeOf(deadline))
  const weeks = last < MOST_SPANS ? 0 : Math.ceil((last + 1) / 7 / MOST_SPANS)
  const length = weeks === 0 ? 1 : weeks * 7
  const counts = countsBy(arrivals, (time) => Math.floor(placeOf(time) / length))
  const spans: SpanCount[] = []
  for (let from = 0, total = 0; from <= last; from += length) {
    const to = Math.min(from + length - 1, last)
    const isAhead = from > placeOf(now.getTime()) || (period === null && arrivals.length === 0)
    const value = isAhead ? null : (counts.get(spans.length) ?? 0)
    total += value ?? 0
    const isDeadline = period !== null && from <= placeOf(deadline) && placeOf(deadline) <= to
    const [start, end] = [from, to].map((place) => first + place * DAY) as [number, number]
    spans.push({ label: shortDay(start), date: dateOf(start, end), value, total, isDeadline })
  }
  return { span: weeks === 0 ? '日' : weeks === 1 ? '週' : `${weeks}週間`, spans }
}

function countsBy(times: readonly number[], spanOf: (time: number) => number): Map<number, number> {
  const counts = new Map<number, number>()
  for (const time of times) {
    const span = spanOf(time)
    counts.set(span, (counts.get(span) ?? 0) + 1)
  }
  return counts
}

function dateOf(start: number, end: number): string {
  const [from, to] = [dateText(new Date(start)), dateText(new Date(end))]
  return from === to ? from : `${from}～${to}`
}

/** 2024-03-08, in Tokyo */
function dayOf(time: number): string {
  return isoMinuteText(new Date(time)).slice(0, 10)
}

function shortDay(time: number): string {
  const [, month, date] = dayOf(time).split('-')
  return `${Number(month)}/${Number(date)}`
}
