import { and, desc, eq } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import type { Db, Transaction } from './open.ts'
import { gmisAnswers, gmisStagedRows, submissions, submissionVersions } from './schema.ts'

/** What ended a consent: who did it, when, and to which answer. */
interface EndOfConsent extends Act {
  /** 受付番号 */
  number: string
}

/**
 * Consent taken back takes the data with it, what is only looked at included: they are not kept for later. To be called
 * in the transaction of whatever may have changed which answer counts for a hospital, or what that says.
 */
export function forgetGmis(
  tx: Transaction,
  hospitalCode: string | null,
  { actor, at, number }: EndOfConsent,
): void {
  if (hospitalCode === null || hasConsent(tx, hospitalCode)) return
  const answers = tx.delete(gmisAnswers).where(eq(gmisAnswers.hospitalCode, hospitalCode)).run().changes
  const looked = tx.delete(gmisStagedRows).where(eq(gmisStagedRows.hospitalCode, hospitalCode)).run().changes
  if (answers + looked === 0) return
  const detail = { number, answers, looked }
  appendAudit(tx, { at, actor, action: 'gmis.forgotten', subject: hospitalCode, detail })
}

/** Whether the answer that counts for a hospital lets its GMIS answers be used. */
function hasConsent(db: Db | Transaction, hospitalCode: string): boolean {
  const counts = and(eq(submissions.hospitalCode, hospitalCode), eq(submissions.state, 'current'))
  const current = db.select({ id: submissions.id }).from(submissions).where(counts).get()
  if (!current) return false
  const { submission, version, gmisConsent } = submissionVersions
  const newest = db
    .select({ gmisConsent })
    .from(submissionVersions)
    .where(eq(submission, current.id))
    .orderBy(desc(version))
    .limit(1)
    .get()
  return newest?.gmisConsent === true
}
