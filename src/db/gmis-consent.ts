import { and, eq, sql } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import type { Db, Transaction } from './open.ts'
import { gmisAnswers, gmisStagedRows, submissions } from './schema.ts'

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
export function hasConsent(db: Db | Transaction, hospitalCode: string): boolean {
  const consents = sql`(SELECT v.gmis_consent FROM submission_versions v WHERE v.submission = ${submissions.id} ORDER BY v.version DESC LIMIT 1) = 1`
  return (
    db
      .select({ id: submissions.id })
      .from(submissions)
      .where(and(eq(submissions.hospitalCode, hospitalCode), sql`${submissions.state} = 'current'`, consents))
      .get() !== undefined
  )
}
