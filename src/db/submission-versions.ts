import { and, asc, eq, getTableColumns, ne, type SQL, sql } from 'drizzle-orm'
import {
  type Answers,
  type EntryByOfficer,
  type NewSubmission,
  reopenedAs,
  type Submission,
} from '../domain/answer/submission.ts'
import { hospitalActor } from '../domain/record/audit.ts'
import type { ReasonedAct } from './acts.ts'
import { storedAnswerDigest } from './answer-digests.ts'
import { appendAudit } from './audit.ts'
import { forgetGmis } from './gmis-consent.ts'
import { isInvited } from './invitations.ts'
import type { Db, Transaction } from './open.ts'
import { enqueueReceipt, type OutgoingMail } from './outbox.ts'
import { inserting, prepared, value } from './prepared.ts'
import { codeColumn } from './receipt-codes.ts'
import { submissions, submissionVersions } from './schema.ts'

/** Of the versions of a submission beside it. */
export const isLatest = sql`${submissionVersions.version} = (select max(v.version) from submission_versions v where v.submission = ${submissions.id})`

/** Every submission with its latest version, as a query to narrow and order. */
export function latestSubmissions(db: Db | Transaction) {
  return db
    .select({
      submission: { ...getTableColumns(submissions), code: codeColumn },
      latest: getTableColumns(submissionVersions),
    })
    .from(submissions)
    .innerJoin(submissionVersions, and(eq(submissionVersions.submission, submissions.id), isLatest))
    .$dynamic()
}

function findingBy(where: SQL) {
  const query = prepared((db) => latestSubmissions(db).where(where).prepare())
  return (db: Db | Transaction, wanted: string | number): Submission | null => {
    const row = query(db).get({ wanted })
    return row ? toSubmission(row) : null
  }
}

export const submissionById = findingBy(eq(submissions.id, value('wanted')))
export const submissionByNumber = findingBy(eq(submissions.number, value('wanted')))
/** What came in under the number of a sending. */
export const submissionSentAs = findingBy(eq(submissions.submissionId, value('wanted')))

/** Looked up by the hospital, which has an index; the one that counts by one of its own, where the state stands as it is. */
function ofHospitalIn(state: Submission['state'], hospitalCode: SQL): SQL {
  return sql`${submissions.hospitalCode} = ${hospitalCode} and ${submissions.state} = ${sql.raw(`'${state}'`)}`
}

/** The one that counts for a hospital. */
export const currentSubmission = findingBy(ofHospitalIn('current', value('wanted')))

const idOfCurrent = prepared((db) =>
  db
    .select({ id: submissions.id })
    .from(submissions)
    .where(ofHospitalIn('current', value('hospital')))
    .prepare(),
)

/** Whether an answer counts for a hospital. */
export function hasCurrent(db: Db | Transaction, hospital: string): boolean {
  return idOfCurrent(db).get({ hospital }) !== undefined
}

/** Those of a hospital that an officer closed, the oldest first. */
function rejectedOf(tx: Transaction, hospitalCode: string | null): Submission[] {
  if (hospitalCode === null) return []
  return rejectedOfHospital(tx).all({ hospitalCode }).map(toSubmission)
}

const rejectedOfHospital = prepared((db) =>
  latestSubmissions(db)
    .where(ofHospitalIn('rejected', value('hospitalCode')))
    .orderBy(asc(submissions.id))
    .prepare(),
)

/** What was closed waits for an officer again. */
export function openAgain(
  tx: Transaction,
  closed: Submission,
  { actor, at, reason }: ReasonedAct,
): 'duplicate' | 'unmatched' | 'unlinked' {
  const { id, number, state: was, hospitalCode } = closed
  const reopened = reopenedAs(was)
  if (reopened === null) throw new Error(`${number} is not closed`)
  const state = reopened === 'duplicate' && waitedForLink(tx, closed) ? 'unmatched' : reopened
  tx.update(submissions).set({ state, closedAt: null }).where(eq(submissions.id, id)).run()
  const detail = { was, state, hospitalCode, reason }
  appendAudit(tx, { at, actor, action: 'submission.reopened', subject: number, detail })
  return state
}

/** Nothing but the link of its hospital was missing: there is no other answer beside it. */
function waitedForLink(tx: Transaction, { id, hospitalCode, isMatched }: Submission): boolean {
  if (isMatched || hospitalCode === null || !isInvited(tx, hospitalCode)) return false
  const others = and(eq(submissions.hospitalCode, hospitalCode), ne(submissions.id, id))
  return tx.select({ id: submissions.id }).from(submissions).where(others).get() === undefined
}

/**
 * What follows where the answer that counts for a hospital counts no more: the consent to reuse its GMIS answers was
 * part of it, and those that were closed beside it wait again.
 */
export function leaveHospital(tx: Transaction, { number, hospitalCode }: Submission, act: ReasonedAct): void {
  forgetGmis(tx, hospitalCode, { ...act, number })
  for (const rejected of rejectedOf(tx, hospitalCode)) openAgain(tx, rejected, act)
}

type Row = {
  submission: typeof submissions.$inferSelect & { code: string | null }
  latest: typeof submissionVersions.$inferSelect
}

export function toSubmission({ submission, latest }: Row): Submission {
  return {
    ...submission,
    typedHospital: toTypedHospital(latest),
    version: latest.version,
    enteredBy: toEntry(latest),
    answers: toAnswers(latest),
    correctedAt: latest.createdAt,
  }
}

function toEntry({ author, channel, reason }: typeof submissionVersions.$inferSelect): EntryByOfficer | null {
  return author !== null && channel !== null ? { author, channel, reason } : null
}

function toTypedHospital({
  hospitalName: name,
  hospitalAddress: address,
  hospitalBeds: beds,
}: typeof submissionVersions.$inferSelect): Submission['typedHospital'] {
  return name !== null && address !== null && beds !== null ? { name, address, beds } : null
}

function toAnswers(version: typeof submissionVersions.$inferSelect): Answers {
  const { department, contactName, phone, email, emr, emrPlannedMonth, intent, gmisConsent } = version
  const { masterCorrection, remarks, extra } = version
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
    extra: extra ?? {},
  }
}

/**
 * Nobody can overwrite another's answer: a second one for a hospital waits for an officer.
 * @param mustMatch so does a first one of a hospital that was given a link, as it did not come through that
 */
export function stateOnArrival(tx: Transaction, hospitalCode: string | null, mustMatch = false) {
  if (hospitalCode === null) return 'unlinked'
  if (hasCurrent(tx, hospitalCode)) return 'duplicate'
  return mustMatch && isInvited(tx, hospitalCode) ? 'unmatched' : 'current'
}

/** Who changes an answer and when, and what is mailed about it. */
export interface ChangeContext {
  at: Date
  /** A login; null for the hospital itself, which has no number before its answer is stored. */
  actor: string | null
  /** Of what an officer enters for the hospital: how it came in, and why. */
  entry?: Omit<EntryByOfficer, 'author'> | undefined
  /** The mail about what was stored: one is put on its way in the same transaction. Null: none is sent. */
  mail?: ((submission: Submission) => OutgoingMail | null) | undefined
}

/** What was answered, without the number of a sending. */
export type AnswerContent = Pick<NewSubmission, 'hospital' | 'answers'>

export interface SubmissionVersion {
  version: number
  createdAt: Date
  /** As typed, where the answer came under `other`. */
  typedHospital: Submission['typedHospital']
  answers: Answers
  /** Null where the hospital sent it. */
  enteredBy: EntryByOfficer | null
}

const versionsOf = prepared((db) =>
  db
    .select()
    .from(submissionVersions)
    .where(eq(submissionVersions.submission, value('id')))
    .orderBy(asc(submissionVersions.version))
    .prepare(),
)

export function submissionVersionsOf(db: Db, id: number): SubmissionVersion[] {
  return versionsOf(db)
    .all({ id })
    .map((row) => ({
      version: row.version,
      createdAt: row.createdAt,
      typedHospital: toTypedHospital(row),
      answers: toAnswers(row),
      enteredBy: toEntry(row),
    }))
}

/** Who stands on the record for a change of the answer with this number. */
export function actorOf({ actor }: Pick<ChangeContext, 'actor'>, number: string): string {
  return actor ?? hospitalActor(number)
}

export function addVersion(
  tx: Transaction,
  known: Submission,
  content: AnswerContent,
  context: ChangeContext,
): Submission {
  const version = known.version + 1
  const { at } = context
  insertVersion(tx, { submission: known.id, version }, content, context)
  const actor = actorOf(context, known.number)
  const detail = { version, ...contentDetail(tx, known.id, version), ...entryDetail(context) }
  appendAudit(tx, { at, actor, action: 'submission.corrected', subject: known.number, detail })
  forgetGmis(tx, known.hospitalCode, { actor, at, number: known.number })
  // Nobody has looked at what it says now.
  if (reopenedAs(known.state) !== null) openAgain(tx, known, { actor, at, reason: '訂正のため' })
  return stored(tx, known.id, context)
}

/** The submission as it stands now, its mail on the way. */
export function stored(tx: Transaction, id: number, { at, actor, mail }: ChangeContext): Submission {
  const submission = submissionById(tx, id)!
  const outgoing = mail?.(submission)
  if (outgoing) {
    const { recipient, subject } = outgoing
    enqueueReceipt(tx, { recipient, subject, submission: id, isOfficers: actor !== null }, at)
  }
  return submission
}

/** By which the record tells whether the version was changed since. */
export function contentDetail(tx: Transaction, submission: number, version: number): { content?: string } {
  const content = storedAnswerDigest(tx, { submission, version })
  return content === null ? {} : { content }
}

/** What the record says of an officer's entry beside who it was. */
export function entryDetail({ entry }: ChangeContext): { channel?: string; reason?: string } {
  if (!entry) return {}
  return { channel: entry.channel, ...(entry.reason !== null && { reason: entry.reason }) }
}

const addRow = inserting(submissionVersions)

export function insertVersion(
  tx: Transaction,
  key: { submission: number; version: number },
  { hospital, answers }: AnswerContent,
  { at, actor, entry }: ChangeContext,
): void {
  const other = hospital.kind === 'other' ? hospital : null
  addRow(tx, {
    ...key,
    ...answers,
    extra: Object.keys(answers.extra).length === 0 ? null : answers.extra,
    hospitalName: other?.name ?? null,
    hospitalAddress: other?.address ?? null,
    hospitalBeds: other?.beds ?? null,
    createdAt: at,
    ...(entry && { ...entry, author: actor }),
  })
}
