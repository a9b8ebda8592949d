import { leavingMails } from '../../office/mail/leaving.ts'
import type { AdminOptions } from '../options.ts'

/** A mail of a rehearsal, which nobody sends. */
export interface MailShown {
  recipient: string
  subject: string
  body: string
  at: Date
}

/** What would have been sent since then, the newest first. */
export function mailsShown(options: AdminOptions, since: Date): MailShown[] {
  const { stores, mail: receiptMail = () => null } = options
  const written = leavingMails(stores, { ...options, receiptMail })
  return stores.outbox.since(since).map((mail) => ({
    ...{ recipient: mail.recipient, at: mail.createdAt },
    ...written(mail),
  }))
}
