import type { Stores } from '../../db/stores.ts'
import { dateTimeText, tokyoDay } from '../../domain/text/dates.ts'

/** When the newest backup was made and how much is in it; null where none is known of. */
export function lastBackupText({ backups }: Stores): string | null {
  const last = backups.last()
  if (last === null) return null
  const { answers } = last.detail
  return `${dateTimeText(last.at)}${typeof answers === 'number' ? `（回答${answers}件）` : ''}`
}

/** Whole days after which it is said: one that is made each night may fail twice. */
export const PATIENCE_DAYS = 3

/** Since how many days there is something of which no backup is known; null while that is as it should be. */
export function daysWithoutBackup({ backups }: Stores, now: Date): number | null {
  const since = backups.missingSince()
  const days = since === null ? 0 : tokyoDay(now) - tokyoDay(since)
  return days >= PATIENCE_DAYS ? days : null
}
