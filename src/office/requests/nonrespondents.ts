import type { Contact } from '../../db/contacts.ts'
import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { type Band, bandIndexOf } from '../../domain/selection/bands.ts'
import { type InvitationRow, type InvitationStores, invitationRows } from '../invitations/rows.ts'

/** A hospital without an answer that counts, with what was tried to get one. */
export interface NonrespondentRow extends InvitationRow {
  /** Null where the beds lie in no band of today's policy. */
  band: Band | null
  /** In the order of time. */
  contacts: Contact[]
  /** Withdrawn, waiting and closed ones. */
  others: Submission[]
}

/** In official order. A hospital whose only answer was withdrawn or waits for an officer is among them. */
export function nonrespondentRows(
  stores: InvitationStores & Pick<Stores, 'contacts' | 'policies'>,
  prefectureCode: string,
): NonrespondentRow[] {
  const { bands } = stores.policies.current().policy
  const contacts = Map.groupBy(stores.contacts.all(), ({ hospitalCode }) => hospitalCode)
  const answers = Map.groupBy(stores.submissions.all(), ({ hospitalCode }) => hospitalCode)
  return invitationRows(stores, prefectureCode)
    .filter(({ submission }) => submission === null)
    .map((row) => ({
      ...row,
      band: bands[bandIndexOf(bands, row.hospital.beds)] ?? null,
      contacts: contacts.get(row.hospital.key) ?? [],
      others: answers.get(row.hospital.key) ?? [],
    }))
}

/** One of them waits for an officer: nobody needs to be reminded. */
export function hasWaitingAnswer({ others }: Pick<NonrespondentRow, 'others'>): boolean {
  return others.some(({ state }) => state === 'duplicate' || state === 'unmatched')
}
