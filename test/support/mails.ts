import { receiptMailsFrom } from '../../src/mail/receipt-mail.ts'
import { leavingMails } from '../../src/office/mail/leaving.ts'
import type { TestApp } from './app.ts'

type Office = Pick<TestApp, 'stores' | 'invitationKey' | 'publicUrl'>

/** What the sender of the program writes when a mail leaves. */
export function writtenBy({ stores, invitationKey, publicUrl }: Office) {
  return leavingMails(stores, { invitationKey, publicUrl, receiptMail: receiptMailsFrom(stores, publicUrl) })
}

/** The mails that wait, as they will say it. */
export function mailsOf(office: Office) {
  const written = writtenBy(office)
  return office.stores.outbox
    .due(new Date('2030-01-01'), 1000)
    .map((mail) => ({ recipient: mail.recipient, ...written(mail) }))
}
