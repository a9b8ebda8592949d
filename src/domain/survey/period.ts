import { dateText, dateTimeText, isoMinuteText, tokyoDay } from '../text/dates.ts'

/** When the survey takes answers. */

export interface Period {
  /** First instant at which answers are taken. */
  opensAt: Date
  /** First instant at which they are no longer taken. */
  closesAt: Date
}

/** As the settings have it: a date that nobody has set yet is null. */
interface PlannedPeriod {
  opensAt: Date | null
  closesAt: Date | null
}

interface Extension extends Pick<PlannedPeriod, 'closesAt'> {
  /** The deadline before it was extended; null where it was not. */
  originalClosesAt: Date | null
}

/** 準備中: one of the two dates is not set. */
export type PeriodState = 'preparing' | 'before' | 'open' | 'closed'

/** Null until both dates are set. */
export function periodOf({ opensAt, closesAt }: PlannedPeriod): Period | null {
  return opensAt && closesAt && { opensAt, closesAt }
}

export function periodState(planned: PlannedPeriod, now: Date): PeriodState {
  const period = periodOf(planned)
  if (period === null) return 'preparing'
  if (now < period.opensAt) return 'before'
  return now < period.closesAt ? 'open' : 'closed'
}

/** Whole days from today to the last day of the period: 0 on the last day itself, negative after it. */
export function daysLeft({ closesAt }: Pick<Period, 'closesAt'>, now: Date): number {
  return tokyoDay(lastInstant(closesAt)) - tokyoDay(now)
}

/** The deadline as a person reads it: midnight belongs to the day it ends. 令和6年3月18日（月）24時 */
export function deadlineText({ closesAt }: Pick<Period, 'closesAt'>): string {
  return isMidnight(closesAt) ? `${dateText(lastInstant(closesAt))}24時` : dateTimeText(closesAt)
}

/** 「…から」 as a person reads it: a day begins with itself. 令和6年3月8日（金） */
export function openingText({ opensAt }: Pick<Period, 'opensAt'>): string {
  return isMidnight(opensAt) ? dateText(opensAt) : dateTimeText(opensAt)
}

/** 回答期限を令和6年3月18日（月）から令和6年3月25日（月）に延長しました。 '' where it was not. */
export function extensionText({ closesAt, originalClosesAt }: Extension): string {
  if (originalClosesAt === null || closesAt === null) return ''
  return `回答期限を${lastDayText(originalClosesAt)}から${lastDayText(closesAt)}に延長しました。`
}

/** The whole day needs no hour. */
function lastDayText(closesAt: Date): string {
  return isMidnight(closesAt) ? dateText(lastInstant(closesAt)) : dateTimeText(closesAt)
}

function isMidnight(instant: Date): boolean {
  return isoMinuteText(instant).endsWith(' 00:00')
}

function lastInstant(closesAt: Date): Date {
  return new Date(closesAt.getTime() - 1)
}
