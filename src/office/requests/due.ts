import type { Stores } from '../../db/stores.ts'
import { type Period, periodOf, periodState } from '../../domain/survey/period.ts'
import { type Occasion, occasionOf } from '../../domain/survey/reminder.ts'
import type { Settings } from '../../domain/survey/settings.ts'
import type { InvitationStores } from '../invitations/rows.ts'
import { hasWaitingAnswer, type NonrespondentRow, nonrespondentRows } from './nonrespondents.ts'

/** A day on which hospitals are to be reminded has come, and these were not. */
export interface DueReminders {
  occasion: Occasion
  hospitals: NonrespondentRow[]
}

type Asked = InvitationStores & Pick<Stores, 'contacts' | 'policies' | 'reminders'>

/** Null where no such day has come, or the deadline is past. */
export function dueReminders(stores: Asked, settings: Settings, now: Date): DueReminders | null {
  const period = periodOf(settings)
  if (!period || periodState(settings, now) !== 'open') return null
  const occasion = occasionOf(period, settings.reminderDays, now)
  if (!occasion.isDue) return null
  const reminded = remindedOn(stores, occasion)
  const since = dueSince(period, occasion)
  const hospitals = nonrespondentRows(stores, settings.prefectureCode).filter(
    (row) =>
      !hasWaitingAnswer(row) &&
      !reminded.has(row.hospital.key) &&
      !row.contacts.some(({ contactedAt }) => contactedAt >= since),
  )
  return { occasion, hospitals }
}

/** Hospitals that had a mail on the occasion. */
export function remindedOn({ reminders }: Pick<Stores, 'reminders'>, { id }: Occasion): Set<string> {
  const ofOccasion = reminders.all().filter(({ occasion }) => occasion === id)
  return new Set(ofOccasion.map(({ hospitalCode }) => hospitalCode))
}

const DAY = 24 * 60 * 60 * 1000
const TOKYO = 9 * 60 * 60 * 1000

/** The beginning of the occasion's day: whoever was called since needs no mail. */
function dueSince({ closesAt }: Period, { id }: Occasion): Date {
  const lastDay = Math.floor((closesAt.getTime() - 1 + TOKYO) / DAY)
  return new Date((lastDay - Number(id.split('/')[1])) * DAY - TOKYO)
}
