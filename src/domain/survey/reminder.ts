import { dateText, isoDayText } from '../text/dates.ts'
import { normaliseDigits } from '../text/text.ts'
import { daysLeft, type Period } from './period.ts'

/** 督促: how hospitals without an answer are reminded, and when. */

const REMINDER_WAY_IDS = ['mail', 'fax', 'phone'] as const
export type ReminderWay = (typeof REMINDER_WAY_IDS)[number]

/** Farthest from the deadline. */
const MOST_DAYS = 60
const MOST_OCCASIONS = 5

/** 「7、3、1」 → 7, 3 and 1 days before the deadline; none where it is blank; null where it cannot be read. */
export function reminderDaysOf(typed: string): number[] | null {
  const parts = normaliseDigits(typed)
    .split(/[,、，\s]+/)
    .map((part) => part.replace(/日前?$/, ''))
    .filter(Boolean)
  if (parts.length > MOST_OCCASIONS || parts.some((part) => !/^\d{1,2}$/.test(part))) return null
  const days = [...new Set(parts.map(Number))].sort((a, b) => b - a)
  return days.some((day) => day > MOST_DAYS) ? null : days
}

/** What a reminder is sent for. A hospital is reminded once an occasion, unless an officer asks for more. */
export interface Occasion {
  /** 2024-03-18/3 */
  id: string
  /** 回答期限の3日前 */
  label: string
  /** Its day has come: it is one of those that are set. */
  isDue: boolean
}

/** The occasion of today. Between the days that are set a reminder is one of its own day. */
export function occasionOf(
  { closesAt }: Pick<Period, 'closesAt'>,
  days: readonly number[],
  now: Date,
): Occasion {
  const left = daysLeft({ closesAt }, now)
  const lastDay = isoDayText(new Date(closesAt.getTime() - 1))
  const reached = days.filter((day) => day >= left)
  if (reached.length === 0)
    return { id: `${lastDay}/${isoDayText(now)}`, label: `臨時（${dateText(now)}）`, isDue: false }
  const day = reached.reduce((least, each) => Math.min(least, each))
  return { id: `${lastDay}/${day}`, label: occasionLabel(day), isDue: left >= 0 }
}

/** 回答期限の3日前 */
function occasionLabel(day: number): string {
  return day === 0 ? '回答期限の当日' : `回答期限の${day}日前`
}

/** The label of an occasion that is on record. */
export function labelOfOccasion(id: string): string {
  const which = id.split('/')[1] ?? ''
  return /^\d{1,2}$/.test(which)
    ? occasionLabel(Number(which))
    : `臨時（${dateText(new Date(`${which}T00:00:00+09:00`))}）`
}
