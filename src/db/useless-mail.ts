import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import { isOpen } from './mail-ends.ts'
import type { Db, Transaction } from './open.ts'
import { invitations, outbox, reminders, submissions, submissionVersions } from './schema.ts'

/** Whether a hospital has an answer that counts, or one that waits for an officer. */
export function hasAnswered(db: Db | Transaction, hospitalCode: string): boolean {
  const given = and(
    eq(submissions.hospitalCode, hospitalCode),
    inArray(submissions.state, ['current', 'duplicate', 'unmatched']),
  )
  return db.select({ id: submissions.id }).from(submissions).where(given).get() !== undefined
}

/**
 * Why a mail is of no use any more though its time has come; null where it is. A reminder may have waited for days for
 * a mail server: who has answered since gets none, nor does anybody after the deadline, nor with a link that has ended.
 */
export function uselessBecause(
  tx: Transaction,
  mail: typeof outbox.$inferSelect,
  now: Date,
): (typeof outbox.$inferSelect)['leftOutReason'] {
  if (isSuperseded(tx, mail)) return 'superseded'
  const reminder = tx.select().from(reminders).where(eq(reminders.mail, mail.id)).get()
  if (!reminder) return null
  if (hasAnswered(tx, reminder.hospitalCode)) return 'answered'
  if (now >= reminder.notAfter) return 'closed'
  if (reminder.invitation === null) return null
  const invitation = tx.select().from(invitations).where(eq(invitations.id, reminder.invitation)).get()
  return invitation?.revokedAt ? 'revoked' : null
}

/**
 * A receipt for an address that the answer names no more, or that a later mail to the same one says better: the mail
 * would say what is so today, and today's goes there.
 */
function isSuperseded(
  tx: Transaction,
  { id, recipient, submission, isReceipt }: typeof outbox.$inferSelect,
): boolean {
  if (submission === null || !isReceipt) return false
  const { version, email } = submissionVersions
  const latest = tx
    .select({ email })
    .from(submissionVersions)
    .where(eq(submissionVersions.submission, submission))
  if (latest.orderBy(desc(version)).limit(1).get()?.email !== recipient) return true
  const later = and(
    ...[eq(outbox.submission, submission), eq(outbox.recipient, recipient), outbox.isReceipt],
    ...[gt(outbox.id, id), isOpen],
  )
  return tx.select({ id: outbox.id }).from(outbox).where(later).get() !== undefined
}
