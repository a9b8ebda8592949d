import type { ReceiptMail } from '../../db/outbox.ts'
import type { Stores } from '../../db/stores.ts'
import type { ChangeContext } from '../../db/submission-versions.ts'
import type { UndeliveredMail } from '../../db/undelivered.ts'

/** What never reached one address: whoever is told of it is told of all. */
export interface UndeliveredTo {
  recipient: string
  /** The oldest first, never empty. */
  mails: UndeliveredMail[]
  /** The hospitals that they are about, by name; as typed, where one is not in the master. */
  hospitals: string[]
}

/** By address, whose oldest mail is the oldest. */
export function undeliveredTo({ undelivered, hospitals, submissions }: Stores): UndeliveredTo[] {
  const nameOf = ({ hospitalCode, number }: UndeliveredMail) =>
    (hospitalCode !== null && hospitals.byCode(hospitalCode)?.name) ||
    (number !== null && submissions.byNumber(number)?.typedHospital?.name) ||
    ''
  const byRecipient = Map.groupBy(undelivered.all(), ({ recipient }) => recipient)
  return [...byRecipient].map(([recipient, mails]) => ({
    ...{ recipient, mails },
    hospitals: [...new Set(mails.map(nameOf))].filter(Boolean),
  }))
}

/** The receipts among them, each once, to the addresses that their answers name today. Without a mail server: none. */
export function receiptsAgain(
  { submissions }: Stores,
  { mails }: UndeliveredTo,
  mail: ChangeContext['mail'],
): Omit<ReceiptMail, 'isOfficers'>[] {
  const refused = mails.filter(({ isReceipt, why }) => isReceipt && why === 'refused')
  const numbers = new Set(refused.flatMap(({ number }) => number ?? []))
  return [...numbers].flatMap((number) => {
    const submission = submissions.byNumber(number)!
    const outgoing = mail?.(submission)
    if (!outgoing) return []
    const { recipient, subject } = outgoing
    return [{ recipient, subject, submission: submission.id }]
  })
}
