import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Answers, Submission } from '../domain/answer/submission.ts'
import type { Db, Transaction } from './open.ts'
import { submissions, submissionVersions } from './schema.ts'

/** Every submission with its latest version, as a query to narrow and order. */
export function latestSubmissions(db: Db | Transaction) {
  const isLatest = sql`${submissionVersions.version} = (select max(v.version) from submission_versions v where v.submission = ${submissions.id})`
  return db
    .select({ submission: getTableColumns(submissions), latest: getTableColumns(submissionVersions) })
    .from(submissions)
    .innerJoin(submissionVersions, and(eq(submissionVersions.submission, submissions.id), isLatest))
    .$dynamic()
}

export function findSubmission(db: Db | Transaction, where: SQL | undefined): Submission | null {
  const row = latestSubmissions(db).where(where).get()
  return row ? toSubmission(row) : null
}

/** The one that counts for a hospital. */
export function currentSubmission(db: Db | Transaction, hospitalCode: string): Submission | null {
  return findSubmission(db, and(eq(submissions.hospitalCode, hospitalCode), eq(submissions.state, 'current')))
}

type Row = { submission: typeof submissions.$inferSelect; latest: typeof submissionVersions.$inferSelect }

export function toSubmission({ submission, latest }: Row): Submission {
  return {
    ...submission,
    typedHospital: toTypedHospital(latest),
    version: latest.version,
    answers: toAnswers(latest),
    correctedAt: latest.createdAt,
  }
}

export function toTypedHospital({
  hospitalName: name,
  hospitalAddress: address,
  hospitalBeds: beds,
}: typeof submissionVersions.$inferSelect): Submission['typedHospital'] {
  return name !== null && address !== null && beds !== null ? { name, address, beds } : null
}

export function toAnswers(version: typeof submissionVersions.$inferSelect): Answers {
  const { department, contactName, phone, email, emr, emrPlannedMonth, intent, gmisConsent } = version
  const { masterCorrection, remarks } = version
  return {
    department,
    contactName,
    phone,
    email,
    emr,
    emrPlannedMonth,
    intent,
    gmisConsent,
    masterCorrection,
    remarks,
  }
}
