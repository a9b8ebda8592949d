import type { Submission } from '../../domain/answer/submission.ts'
import { dateText, isoMinuteText, type Period } from '../../domain/survey/period.ts'

export interface DayCount {
  /** 3/8 */
  label: string
  /** 令和6年3月8日（金） */
  date: string
  /** Null on a day that has not come. */
  value: number | null
  /** All up to and with this day. */
  total: number
  isDeadline: boolean
}

const DAY = 24 * 60 * 60 * 1000
/** A chart of more days would be unreadable; a survey takes answers for some weeks. */
const MOST_DAYS = 92

/** How many answers came in a day, from the first day of the period to its last, or to the last that one came in. */
export function dailyAnswers(submissions: readonly Submission[], period: Period, now: Date): DayCount[] {
  const arrivals = submissions.map(({ submittedAt }) => submittedAt.getTime())
  const deadline = period.closesAt.getTime() - 1
  const last = dayOf(arrivals.reduce((latest, at) => Math.max(latest, at), deadline))
  const days: DayCount[] = []
  let total = 0
  let at = arrivals.reduce((first, each) => Math.min(first, each), period.opensAt.getTime())
  for (; days.length < MOST_DAYS && dayOf(at) <= last; at += DAY) {
    const day = dayOf(at)
    const value = day > dayOf(now.getTime()) ? null : arrivals.filter((each) => dayOf(each) === day).length
    total += value ?? 0
    const isDeadline = day === dayOf(deadline)
    days.push({ label: shortDay(day), date: dateText(new Date(at)), value, total, isDeadline })
  }
  return days
}

/** 2024-03-08, in Tokyo */
function dayOf(time: number): string {
  return isoMinuteText(new Date(time)).slice(0, 10)
}

function shortDay(day: string): string {
  const [, month, date] = day.split('-')
  return `${Number(month)}/${Number(date)}`
}
