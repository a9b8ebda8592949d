import type { Contact } from '../../db/contacts.ts'
import { CONTACT_RESULTS, CONTACT_WAYS } from '../../domain/survey/contact.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'

/** One contact in words, as the pages and the call sheet show it. */
export interface LoggedContact {
  at: string
  way: string
  caller: string
  reached: string
  result: string
  note: string
}

/** The newest first. */
export function contactLog(contacts: readonly Contact[]): LoggedContact[] {
  return contacts.toReversed().map(({ contactedAt, way, caller, reached, result, note }) => ({
    at: dateTimeText(contactedAt),
    way: labelOf(CONTACT_WAYS, way),
    caller,
    reached: reached ?? '',
    result: labelOf(CONTACT_RESULTS, result),
    note: note ?? '',
  }))
}
