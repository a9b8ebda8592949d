import type { FastifyRequest } from 'fastify'
import { periodOf } from '../../domain/survey/period.ts'
import { type Occasion, occasionOf } from '../../domain/survey/reminder.ts'
import { isEmail } from '../../domain/text/email.ts'
import { dueReminders, remindedOn } from '../../office/requests/due.ts'
import {
  hasWaitingAnswer,
  type NonrespondentRow,
  nonrespondentRows,
} from '../../office/requests/nonrespondents.ts'
import type { LinkChoice } from '../../office/requests/texts.ts'
import { fieldsOf } from '../../web/fields.ts'
import { chosenRows } from '../chosen.ts'
import type { AdminOptions } from '../options.ts'

/** How things stand for reminders today. */
export interface ReminderStanding {
  rows: NonrespondentRow[]
  /** Null while there is no deadline. */
  occasion: Occasion | null
  /** Hospitals that had a mail on it. */
  reminded: ReadonlySet<string>
  /** How many are still to be reminded, where its day has come. */
  due: number
}

export function reminderStanding({ site }: FastifyRequest, { stores, now }: AdminOptions): ReminderStanding {
  const period = periodOf(site)
  const occasion = period && occasionOf(period, site.reminderDays, now())
  return {
    rows: nonrespondentRows(stores, site.prefectureCode),
    occasion,
    reminded: occasion ? remindedOn(stores, occasion) : new Set(),
    due: dueReminders(stores, site, now())?.hospitals.length ?? 0,
  }
}

/** Of the chosen ones: who can have a mail, and why the others cannot. */
interface Chosen {
  mailable: NonrespondentRow[]
  without: NonrespondentRow[]
  waiting: NonrespondentRow[]
  /** Of those that can: who had one on this occasion. */
  already: NonrespondentRow[]
}

/** The hospitals that an address or a form names; all of them where it names none. */
export function chosenIn(source: unknown, { rows, reminded }: ReminderStanding): Chosen {
  const chosen = chosenRows(source, rows) ?? (fieldsOf(source).all('hospital').length > 0 ? [] : rows)
  const waiting = chosen.filter(hasWaitingAnswer)
  const open = chosen.filter((row) => !hasWaitingAnswer(row))
  const hasMail = ({ hospital }: NonrespondentRow) => hospital.email !== null && isEmail(hospital.email)
  const mailable = open.filter(hasMail)
  return {
    mailable,
    without: open.filter((row) => !hasMail(row)),
    waiting,
    already: mailable.filter(({ hospital }) => reminded.has(hospital.key)),
  }
}

export function linksIn(source: unknown): LinkChoice {
  return fieldsOf(source).get('links') === 'form' ? 'form' : 'own'
}
