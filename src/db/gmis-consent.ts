import { and, desc, eq } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import type { Db, Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
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
  return newestOfCurrent(db).get({ hospitalCode })?.gmisConsent === true
}

const newestOfCurrent = prepared((db) =>
  db
    .select({ gmisConsent: submissionVersions.gmisConsent })
    .from(submissions)
    .innerJoin(submissionVersions, eq(submissionVersions.submission, submissions.id))
    .where(and(eq(submissions.hospitalCode, value('hospitalCode')), eq(submissions.state, 'current')))
    .orderBy(desc(submissionVersions.version))
    .limit(1)
    .prepare(),
)
