import { dayText, isoDayText } from '../text/dates.ts'
import { parseInstant } from '../text/typed-dates.ts'
import type { Settings } from './settings.ts'

/**
 * 保存期間: what the hospitals were told of how long their answers are kept. It begins with the deadline, and they are kept
 * through the day on which it ends.
 */
function retentionEnd({ retentionUntil }: Pick<Settings, 'retentionUntil'>): Date | null {
  return retentionUntil === null ? null : parseInstant(retentionUntil, 'end')
}

/** Whether what the survey holds may be deleted. */
export function isRetentionOver(settings: Pick<Settings, 'retentionUntil'>, now: Date): boolean {
  const end = retentionEnd(settings)
  return end !== null && now >= end
}

/** The first day on which it may end, as many years after the deadline as were promised; null while there is no deadline. */
export function earliestRetentionDay({
  closesAt,
  retentionYears,
}: Pick<Settings, 'closesAt' | 'retentionYears'>): { day: string; words: string } | null {
  if (closesAt === null) return null
  const [year, month, date] = isoDayText(new Date(closesAt.getTime() - 1)).split('-')
  // A 29th of February is kept through the 28th of a year that has none.
  const isLeapDay = month === '02' && date === '29'
  const day = `${Number(year) + retentionYears}-${month}-${isLeapDay ? '28' : date}`
  return { day, words: dayText(day) }
}
