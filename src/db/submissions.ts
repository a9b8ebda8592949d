import { asc, eq, max } from 'drizzle-orm'
import type { Channel } from '../domain/questionnaire.ts'
import {
  type Answers,
  type HospitalReference,
  type NewSubmission,
  receiptNumber,
  type Submission,
  sameAnswers,
} from '../domain/submission.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { gmisAnswers, submissions, submissionVersions } from './schema.ts'
import {
  currentSubmission,
  findSubmission,
  latestSubmissions,
  toAnswers,
  toSubmission,
} from './submission-rows.ts'

export type SubmissionStore = ReturnType<typeof submissionStore>

/**
 * `saved`: a new receipt. `corrected`: the same submissionId came again with other answers.
 * `already-received`: it came again unchanged. The last two changed nothing, as a correction may neither
 * change the hospital nor revive what was withdrawn.
 */
export interface SaveOutcome {
  kind: 'saved' | 'corrected' | 'already-received' | 'hospital-changed' | 'withdrawn'
  submission: Submission
}

export interface SaveContext {
  at: Date
  channel: Channel
  /** 確認コード drawn by the caller; used only if this becomes a new submission. */
  code: string
  actor: string
  /** For a proxy entry the time the fax or call came in; else `at`. */
  submittedAt?: Date
}

export function submissionStore(db: Db) {
  return {
    /** Stores an answer and its audit entry in one transaction, or neither. Idempotent by `submissionId`. */
    save: (answer: NewSubmission, context: SaveContext): SaveOutcome =>
      immediately(db, (tx) => save(tx, answer, context)),

    byNumber: (number: string): Submission | null => findSubmission(db, eq(submissions.number, number)),

    all: (): Submission[] => latestSubmissions(db).orderBy(asc(submissions.id)).all().map(toSubmission),

    versions: (id: number): { version: number; createdAt: Date; answers: Answers }[] =>
      db
        .select()
        .from(submissionVersions)
        .where(eq(submissionVersions.submission, id))
        .orderBy(asc(submissionVersions.version))
        .all()
        .map((row) => ({ version: row.version, createdAt: row.createdAt, answers: toAnswers(row) })),
  }
}

function save(tx: Transaction, answer: NewSubmission, context: SaveContext): SaveOutcome {
  const known = findSubmission(tx, eq(submissions.submissionId, answer.submissionId))
  if (!known) return { kind: 'saved', submission: insert(tx, answer, context) }
  if (!namesHospitalOf(known, answer.hospital)) return { kind: 'hospital-changed', submission: known }
  if (sameContent(known, answer)) return { kind: 'already-received', submission: known }
  if (known.state === 'withdrawn') return { kind: 'withdrawn', submission: known }
  return { kind: 'corrected', submission: addVersion(tx, known, answer, context) }
}

function insert(tx: Transaction, answer: NewSubmission, context: SaveContext): Submission {
  const { at, channel, code, actor } = context
  const number = receiptNumber(
    (tx
      .select({ last: max(submissions.id) })
      .from(submissions)
      .get()?.last ?? 0) + 1,
  )
  const hospitalCode = answer.hospital.kind === 'master' ? answer.hospital.code : null
  const state = stateOnArrival(tx, hospitalCode)
  const { submissionId } = answer
  const { id } = tx
    .insert(submissions)
    .values({
      number,
      submissionId,
      code,
      hospitalCode,
      state,
      channel,
      submittedAt: context.submittedAt ?? at,
      createdAt: at,
    })
    .returning({ id: submissions.id })
    .get()
  insertVersion(tx, id, 1, answer, at)
  appendAudit(tx, {
    at,
    actor,
    action: 'submission.created',
    subject: number,
    detail: { hospitalCode, state, channel },
  })
  return findSubmission(tx, eq(submissions.id, id))!
}

/** Nobody can overwrite another's answer: a second one for a hospital waits for an officer. */
export function stateOnArrival(tx: Transaction, hospitalCode: string | null) {
  if (hospitalCode === null) return 'unlinked'
  return currentSubmission(tx, hospitalCode) ? 'duplicate' : 'current'
}

function addVersion(
  tx: Transaction,
  known: Submission,
  answer: NewSubmission,
  context: SaveContext,
): Submission {
  const version = known.version + 1
  const { at, actor } = context
  insertVersion(tx, known.id, version, answer, at)
  if (known.state === 'current') forgetGmisWithoutConsent(tx, known.hospitalCode, answer.answers)
  appendAudit(tx, { at, actor, action: 'submission.corrected', subject: known.number, detail: { version } })
  return findSubmission(tx, eq(submissions.id, known.id))!
}

function insertVersion(
  tx: Transaction,
  submission: number,
  version: number,
  answer: NewSubmission,
  at: Date,
): void {
  const { hospital, answers } = answer
  const other = hospital.kind === 'other' ? hospital : null
  tx.insert(submissionVersions)
    .values({
      submission,
      version,
      ...answers,
      hospitalName: other?.name ?? null,
      hospitalAddress: other?.address ?? null,
      hospitalBeds: other?.beds ?? null,
      createdAt: at,
    })
    .run()
}

/** Consent taken back takes the data with it: they are not kept for later. */
export function forgetGmisWithoutConsent(
  tx: Transaction,
  hospitalCode: string | null,
  answers: Answers | null,
): void {
  if (hospitalCode === null || answers?.gmisConsent) return
  tx.delete(gmisAnswers).where(eq(gmisAnswers.hospitalCode, hospitalCode)).run()
}

/** Under `other` the typed name may be mended; a hospital of the master stays what it is. */
function namesHospitalOf(known: Submission, hospital: HospitalReference): boolean {
  if (hospital.kind === 'other') return known.typedHospital !== null
  return known.typedHospital === null && known.hospitalCode === hospital.code
}

function sameContent(known: Submission, { hospital, answers }: NewSubmission): boolean {
  const typed = known.typedHospital
  const sameName =
    hospital.kind === 'master' ||
    (typed?.name === hospital.name && typed.address === hospital.address && typed.beds === hospital.beds)
  return sameName && sameAnswers(known.answers, answers)
}
