import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { asc, count, eq, max } from 'drizzle-orm'
import type { Channel } from '../domain/answer/choices.ts'
import { receiptNumber } from '../domain/answer/receipt.ts'
import { type NewSubmission, type Submission, sameContent } from '../domain/answer/submission.ts'
import type { ReasonedAct } from './acts.ts'
import { allSubmissions } from './all-submissions.ts'
import { contentDigests, standingsOf } from './answer-digests.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { inserting, prepared, value } from './prepared.ts'
import { wasGiven } from './receipt-codes.ts'
import { submissions } from './schema.ts'
import {
  addCorrection,
  type CorrectionContext,
  type CorrectionOutcome,
  correct,
  namesHospitalOf,
  type TooMany,
  withdraw,
} from './submission-changes.ts'
import { type ClosingDecision, close, link, makeCurrent, reopen, unlink } from './submission-decisions.ts'
import {
  type AnswerContent,
  actorOf,
  type ChangeContext,
  contentDetail,
  currentSubmission,
  entryDetail,
  hasCurrent,
  insertVersion,
  latestSubmissions,
  type SubmissionVersion,
  stateOnArrival,
  stored,
  submissionById,
  submissionByNumber,
  submissionSentAs,
  submissionVersionsOf,
  toSubmission,
} from './submission-versions.ts'

/**
 * `saved`: a new receipt. `corrected`: the same submissionId came again with other answers.
 * `already-received`: it came again unchanged. The others changed nothing, as a correction may neither
 * change the hospital nor revive what was withdrawn.
 */
export type SaveOutcome =
  | {
      kind: 'saved' | 'corrected' | 'already-received' | 'hospital-changed' | 'withdrawn'
      submission: Submission
    }
  | TooMany

/** With its code as it was given. */
export type OpenedSubmission = Submission & { code: string }

export interface SaveContext extends ChangeContext {
  channel: Channel
  /** For a proxy entry the time the fax or call came in; else `at`. */
  submittedAt?: Date
  /** 照合済: it comes through a link of its hospital's. */
  isMatched?: boolean
  /** The first answer of a hospital that was given a link waits where it comes without. */
  mustMatch?: boolean
}

export function submissionStore(db: Db) {
  return {
    /** Stores an answer and its audit entry in one transaction, or neither. Idempotent by `submissionId`. */
    save: (answer: NewSubmission, context: SaveContext): SaveOutcome =>
      immediately(db, (tx) => save(tx, answer, context)),

    /**
     * A new version under the same number; the place in the ranking stays.
     * @throws when there is no such number: whoever corrects has looked it up
     */
    correct: (number: string, content: AnswerContent, context: CorrectionContext): CorrectionOutcome =>
      immediately(db, (tx) => correct(tx, number, content, context)),

    /**
     * Takes an answer back. Its hospital may answer again, and that answer is then the current one. A duplicate
     * that waits for an officer goes on waiting: nobody has said yet that it is the hospital's own. One that was
     * closed beside the current one waits again.
     * @throws when there is no such number
     */
    withdraw: (number: string, context: ChangeContext): 'withdrawn' | 'already-withdrawn' =>
      immediately(db, (tx) => withdraw(tx, number, context)),

    /** The duplicate counts from now on; the one that was current is closed. A closed one may be chosen as well. */
    makeCurrent: (number: string, decision: ClosingDecision): 'made-current' | 'not-a-duplicate' =>
      immediately(db, (tx) => makeCurrent(tx, number, decision)),

    /** The answer belongs to this hospital of the master, and waits as a duplicate if that one has answered. */
    link: (
      number: string,
      hospitalKey: string,
      decision: ReasonedAct,
    ): 'current' | 'duplicate' | 'not-unlinked' =>
      immediately(db, (tx) => link(tx, number, hospitalKey, decision)),

    /** An answer from outside the master was linked to the wrong hospital: it waits to be linked again. */
    unlink: (number: string, decision: ReasonedAct): 'unlinked' | 'not-linked' =>
      immediately(db, (tx) => unlink(tx, number, decision)),

    /** A duplicate is not adopted (不採用), an answer from outside the master is not of the survey (対象外). */
    close: (number: string, decision: ClosingDecision): 'rejected' | 'outside' | 'not-waiting' =>
      immediately(db, (tx) => close(tx, number, decision)),

    /** A closed answer waits for an officer again. */
    reopen: (number: string, decision: ReasonedAct): 'duplicate' | 'unmatched' | 'unlinked' | 'not-closed' =>
      immediately(db, (tx) => reopen(tx, number, decision)),

    /** The one that counts for a hospital. */
    currentOf: (hospitalKey: string): Submission | null => currentSubmission(db, hospitalKey),

    /**
     * The answer of this number, if this is its code: with the code as it was given, which nobody else knows of some.
     * As much is done whichever of the two is wrong.
     */
    opened: (number: string, code: string): OpenedSubmission | null => opened(db, number, code),

    ofHospital: (hospitalKey: string): Submission[] => ofHospital(db).all({ hospitalKey }).map(toSubmission),

    /** What else there is of the hospital of an answer: one that counts, and another than this alone. */
    besides: ({ hospitalCode }: Pick<Submission, 'hospitalCode'>): Besides => besides(db, hospitalCode),

    byNumber: (number: string): Submission | null => submissionByNumber(db, number),

    /** Whether an answer has this number. */
    isGiven: (number: string): boolean => idOfNumber(db).get({ number }) !== undefined,

    /** @throws where there is none */
    byId(id: number): Submission {
      const submission = submissionById(db, id)
      if (!submission) throw new Error(`no submission ${id}`)
      return submission
    },

    /** What came in under the number of a sending, whatever it says by now. */
    bySubmissionId: (id: string): Submission | null => submissionSentAs(db, id),

    /** The same ones as long as nothing changes. */
    all: (): readonly Submission[] => allSubmissions(db),

    /** Of every version what the record keeps of it, by the answer's id: `content` is null without the receipt key. */
    contentDigests: () => contentDigests(db),

    /** Where every answer stands, as the table has it. */
    standings: () => standingsOf(db),

    versions: (id: number): SubmissionVersion[] => submissionVersionsOf(db, id),
  }
}

const ofHospital = prepared((db) =>
  latestSubmissions(db)
    .where(eq(submissions.hospitalCode, value('hospitalKey')))
    .orderBy(asc(submissions.id))
    .prepare(),
)

interface Besides {
  /** An answer counts for the hospital, this or another. */
  hasCurrent: boolean
  /** There is more than one of it. */
  hasOthers: boolean
}

const countOfHospital = prepared((db) =>
  db
    .select({ answers: count() })
    .from(submissions)
    .where(eq(submissions.hospitalCode, value('hospital')))
    .prepare(),
)

function besides(db: Db, hospital: string | null): Besides {
  if (hospital === null) return { hasCurrent: false, hasOthers: false }
  return {
    hasCurrent: hasCurrent(db, hospital),
    hasOthers: countOfHospital(db).get({ hospital })!.answers > 1,
  }
}

const idOfNumber = prepared((db) =>
  db
    .select({ id: submissions.id })
    .from(submissions)
    .where(eq(submissions.number, value('number')))
    .prepare(),
)

const givenAs = prepared((db) =>
  db
    .select({ matches: wasGiven(value('code')) })
    .from(submissions)
    .where(eq(submissions.number, value('number')))
    .prepare(),
)

function opened(db: Db, number: string, code: string): OpenedSubmission | null {
  const known = submissionByNumber(db, number)
  const given = givenAs(db).get({ number, code })
  const isMade = timingSafeEqual(digest(code), digest(known?.code ?? ''))
  return known && (isMade || given?.matches === 1) ? { ...known, code } : null
}

/** Of one length, to be compared. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** In the caller's transaction. */
export function save(tx: Transaction, answer: NewSubmission, context: SaveContext): SaveOutcome {
  const known = submissionSentAs(tx, answer.submissionId)
  if (!known) return { kind: 'saved', submission: insert(tx, answer, context) }
  if (!namesHospitalOf(known, answer.hospital)) return { kind: 'hospital-changed', submission: known }
  if (sameContent(known, answer)) return { kind: 'already-received', submission: known }
  if (known.state === 'withdrawn') return { kind: 'withdrawn', submission: known }
  return addCorrection(tx, known, answer, context)
}

const addRow = inserting(submissions)

function insert(tx: Transaction, answer: NewSubmission, context: SaveContext): Submission {
  const { at, channel, submittedAt = at, isMatched = false, mustMatch = false } = context
  const { submissionId, hospital } = answer
  const number = receiptNumber(lastId(tx) + 1)
  const hospitalCode = hospital.kind === 'master' ? hospital.code : null
  const state = stateOnArrival(tx, hospitalCode, mustMatch && !isMatched)
  const { lastInsertRowid } = addRow(tx, {
    number,
    submissionId,
    hospitalCode,
    state,
    channel,
    isMatched,
    submittedAt,
    createdAt: at,
    lot: channel === 'web' ? randomInt(LOTS) : null,
  })
  const id = Number(lastInsertRowid)
  insertVersion(tx, { submission: id, version: 1 }, answer, context)
  appendAudit(tx, {
    at,
    actor: actorOf(context, number),
    action: 'submission.created',
    subject: number,
    detail: {
      ...{ hospitalCode, state, channel, ...(isMatched && { isMatched }) },
      ...contentDetail(tx, id, 1),
      ...arrivalDetail(context),
    },
  })
  return stored(tx, id, context)
}

/** くじ番号 000 to 999. */
const LOTS = 1000

/** Of what an officer entered: since when it counts, and why it was taken. */
function arrivalDetail(context: SaveContext) {
  if (!context.entry) return {}
  return { ...entryDetail(context), receivedAt: (context.submittedAt ?? context.at).toISOString() }
}

const newest = prepared((db) =>
  db
    .select({ last: max(submissions.id) })
    .from(submissions)
    .prepare(),
)

function lastId(tx: Transaction): number {
  return newest(tx).get()?.last ?? 0
}
