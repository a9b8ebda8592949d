import type { Stores } from '../../src/db/stores.ts'
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

/** A mail about an answer that its mail server refused for good. @returns its number */
export function giveUpMail({ submissions, outbox, settings }: Stores, number: string, at: Date): number {
  const { answers, typedHospital, hospitalCode } = submissions.byNumber(number)!
  const hospital = typedHospital
    ? { kind: 'other' as const, ...typedHospital }
    : { kind: 'master' as const, code: hospitalCode! }
  const mail = () => ({
    recipient: answers.email,
    subject: `【${settings.read().prefecture}】回答の訂正を受け付けました`,
    body: '',
  })
  const corrected = { ...answers, department: `${answers.department}（変更）` }
  submissions.correct(number, { hospital, answers: corrected }, { at, actor: null, mail })
  const { id } = outbox.claim(at)!
  outbox.markFailed(id, { at, error: '550 unknown', permanent: true })
  return id
}
