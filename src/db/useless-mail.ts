import { and, eq, inArray } from 'drizzle-orm'
import type { Db, Transaction } from './open.ts'
import { invitations, type outbox, reminders, submissions } from './schema.ts'

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
  mail: number,
  now: Date,
): (typeof outbox.$inferSelect)['leftOutReason'] {
  const reminder = tx.select().from(reminders).where(eq(reminders.mail, mail)).get()
  if (!reminder) return null
  if (hasAnswered(tx, reminder.hospitalCode)) return 'answered'
  if (now >= reminder.notAfter) return 'closed'
  if (reminder.invitation === null) return null
  const invitation = tx.select().from(invitations).where(eq(invitations.id, reminder.invitation)).get()
  return invitation?.revokedAt ? 'revoked' : null
}
