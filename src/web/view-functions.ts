import { labelOf } from '../domain/text/choice.ts'
import { dateText, dateTimeText, isoMinuteText, monthText } from '../domain/text/dates.ts'

/** What every view may call: how dates, months and choices read. */
export const VIEW_FUNCTIONS = { dateText, dateTimeText, isoMinuteText, monthText, labelOf, telHref }

/** 099-286-2707 → tel:+81992862707, so that a phone dials it from anywhere. */
function telHref(phone: string): string {
  return `tel:+81${phone.replace(/\D/g, '').replace(/^0/, '')}`
}
