import { mailBodies } from '../../office/invitations/mail-bodies.ts'
import type { AdminOptions } from '../options.ts'

/** A mail of a rehearsal, which nobody sends. */
export interface MailShown {
  recipient: string
  subject: string
  body: string
  at: Date
}

/** What would have been sent since then, the newest first. */
export function mailsShown({ stores, invitationKey, publicUrl }: AdminOptions, since: Date): MailShown[] {
  const bodyOf = mailBodies(stores, invitationKey, publicUrl)
  return stores.outbox.since(since).map(({ id, recipient, subject, body, createdAt }) => ({
    ...{ recipient, subject, at: createdAt },
    body: bodyOf({ id, body }),
  }))
}
