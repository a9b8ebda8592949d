import type { Invitation } from '../../db/invitations.ts'
import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { type InvitationState, invitationState } from '../../domain/survey/invitation.ts'
import { kept } from '../kept.ts'
import { officialOrder } from '../official-order.ts'

/** A hospital with its link, and how far it is. */
export interface InvitationRow {
  hospital: Hospital
  invitation: Invitation | null
  state: InvitationState
  /** The answer that counts; null without. */
  submission: Submission | null
}

/** What they are read out of. */
export type InvitationStores = Pick<Stores, 'hospitals' | 'invitations' | 'submissions' | 'changeStamp'>

/** Every hospital that operates, in official order: the same rows for all who ask as long as nothing changes. */
export function invitationRows(stores: InvitationStores, prefectureCode: string): readonly InvitationRow[] {
  const reader = readers.get(stores.changeStamp) ?? kept(stores, (code: string) => readRows(stores, code))
  readers.set(stores.changeStamp, reader)
  return reader(prefectureCode)
}

const readers = new WeakMap<object, (prefectureCode: string) => readonly InvitationRow[]>()

function readRows(
  { hospitals, invitations, submissions }: InvitationStores,
  prefectureCode: string,
): InvitationRow[] {
  const links = new Map(invitations.all().map((invitation) => [invitation.hospitalCode, invitation]))
  const current = submissions.all().filter(({ state }) => state === 'current')
  const answers = new Map(current.map((submission) => [submission.hospitalCode, submission]))
  return hospitals
    .operating()
    .toSorted(officialOrder(prefectureCode))
    .map((hospital) => {
      const invitation = links.get(hospital.key) ?? null
      const submission = answers.get(hospital.key) ?? null
      return { hospital, invitation, state: invitationState(invitation, submission !== null), submission }
    })
}
