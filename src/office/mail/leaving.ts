import type { OutgoingMail, QueuedMail } from '../../db/outbox.ts'
import type { Stores } from '../../db/stores.ts'
import { receiptWay } from '../../domain/answer/receipt.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { InvitationKey } from '../../domain/survey/invitation.ts'
import { linkMaker } from '../invitations/links.ts'
import { LINK_PLACE, RECEIPT_PLACE } from './places.ts'

interface Leaving {
  invitationKey: InvitationKey
  publicUrl: string
  /** Writes the mail about an answer as it stands. */
  receiptMail: (submission: Submission) => OutgoingMail | null
}

/** A mail of the outbox, as far as it says how it is completed. */
type Waiting = Pick<QueuedMail, 'id' | 'subject' | 'body' | 'submission' | 'isReceipt'>

/**
 * What a mail of the outbox says when it leaves. What opens anything, a hospital's own link or the way to a receipt, is
 * put in then, so that no database holds it.
 * @throws where the key of the links is not at hand: the mail waits for it
 */
export function leavingMails(
  stores: Pick<Stores, 'invitations' | 'reminders' | 'submissions'>,
  { invitationKey, publicUrl, receiptMail }: Leaving,
): (mail: Waiting) => Pick<OutgoingMail, 'subject' | 'body'> {
  return ({ id, subject, body, submission: answer, isReceipt }) => {
    const number = stores.reminders.invitationOf(id)
    if (number !== null) {
      const invitation = stores.invitations.byId(number)
      const linkOf = linkMaker(stores, invitationKey, publicUrl)
      if (!linkOf || !invitation) throw new Error('the key of the links is not at hand')
      return { subject, body: body.replaceAll(LINK_PLACE, linkOf(invitation)) }
    }
    if (answer === null) return { subject, body }
    const submission = stores.submissions.byId(answer)
    if (!isReceipt)
      return { subject, body: body.replaceAll(RECEIPT_PLACE, receiptWay(publicUrl, submission)) }
    const written = receiptMail(submission)
    if (!written) throw new Error('the answer names no address')
    return written
  }
}
