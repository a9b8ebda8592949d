import { dateText, isoMinuteText, type Period } from '../domain/period.ts'
import type { Submission } from '../domain/submission.ts'

export interface DayCount {
  /** 3/8 */
  label: string
  /** 令和6年3月8日（金） */
  date: string
  value: number
  /** All up to and with this day. */
  total: number
}

const DAY = 24 * 60 * 60 * 1000
/** A chart of more days would be unreadable; a survey takes answers for some weeks. */
const MOST_DAYS = 92

/** How many answers came in on every day of the period, up to today or its last day. */
export function dailyAnswers(submissions: readonly Submission[], period: Period, now: Date): DayCount[] {
  const counts = new Map<string, number>()
  for (const { submittedAt } of submissions)
    counts.set(dayOf(submittedAt), (counts.get(dayOf(submittedAt)) ?? 0) + 1)
  const last = new Date(Math.min(now.getTime(), period.closesAt.getTime() - 1))
  const firstOfAll = submissions.reduce(
    (first, { submittedAt }) => earlier(first, submittedAt),
    period.opensAt,
  )
  const days: DayCount[] = []
  let total = 0
  for (
    let day = firstOfAll;
    days.length < MOST_DAYS && dayOf(day) <= dayOf(last);
    day = new Date(day.getTime() + DAY)
  ) {
    const value = counts.get(dayOf(day)) ?? 0
    total += value
    days.push({ label: shortDay(day), date: dateText(day), value, total })
  }
  return days
}

function earlier(a: Date, b: Date): Date {
  return b < a ? b : a
}

/** 2024-03-08, in Tokyo */
function dayOf(instant: Date): string {
  return isoMinuteText(instant).slice(0, 10)
}

function shortDay(instant: Date): string {
  const [, month, day] = dayOf(instant).split('-')
  return `${Number(month)}/${Number(day)}`
}
