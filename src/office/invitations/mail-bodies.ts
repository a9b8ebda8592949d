import type { QueuedMail } from '../../db/outbox.ts'
import type { Stores } from '../../db/stores.ts'
import type { InvitationKey } from '../../domain/survey/invitation.ts'
import { linkMaker } from './links.ts'

/** Stands in a stored mail where its link comes in. */
export const LINK_PLACE = '{リンク}'

/**
 * What a mail of the outbox says when it leaves: a reminder's link is made then.
 * @throws where the key is not at hand: the mail waits for it
 */
export function mailBodies(
  stores: Pick<Stores, 'invitations' | 'reminders'>,
  key: InvitationKey,
  publicUrl: string,
): (mail: Pick<QueuedMail, 'id' | 'body'>) => string {
  return ({ id, body }) => {
    const number = stores.reminders.invitationOf(id)
    if (number === null) return body
    const invitation = stores.invitations.byId(number)
    const linkOf = linkMaker(stores, key, publicUrl)
    if (!linkOf || !invitation) throw new Error('the key of the links is not at hand')
    return body.replaceAll(LINK_PLACE, linkOf(invitation))
  }
}
