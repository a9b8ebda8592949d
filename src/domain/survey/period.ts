import { dateText, dateTimeText, isoMinuteText, tokyoDay } from '../text/dates.ts'

/** When the survey takes answers. */

export interface Period {
  /** First instant at which answers are taken. */
  opensAt: Date
  /** First instant at which they are no longer taken. */
  closesAt: Date
}

type Deadline = Pick<Period, 'closesAt'>

interface Extension extends Deadline {
  /** The deadline before it was extended; null where it was not. */
  originalClosesAt: Date | null
}

export type PeriodState = 'before' | 'open' | 'closed'

export function periodState(period: Period, now: Date): PeriodState {
  if (now < period.opensAt) return 'before'
  return now < period.closesAt ? 'open' : 'closed'
}

/** Whole days from today to the last day of the period: 0 on the last day itself, negative after it. */
export function daysLeft(period: Period, now: Date): number {
  return tokyoDay(lastInstant(period)) - tokyoDay(now)
}

/** The deadline as a person reads it: midnight belongs to the day it ends. 令和6年3月18日（月）24時00分 */
export function deadlineText(period: Deadline): string {
  if (isoMinuteText(period.closesAt).endsWith(' 00:00')) return `${dateText(lastInstant(period))}24時00分`
  return dateTimeText(period.closesAt)
}

/** 回答期限を令和6年3月18日（月）から令和6年3月25日（月）に延長しました。 '' where it was not. */
export function extensionText({ closesAt, originalClosesAt }: Extension): string {
  if (originalClosesAt === null) return ''
  return `回答期限を${lastDayText(originalClosesAt)}から${lastDayText(closesAt)}に延長しました。`
}

/** The whole day needs no hour. */
function lastDayText(closesAt: Date): string {
  return deadlineText({ closesAt }).replace(/24時00分$/, '')
}

function lastInstant(period: Deadline): Date {
  return new Date(period.closesAt.getTime() - 1)
}
