import { and, asc, desc, eq } from 'drizzle-orm'
import { type Acceptance, type AcceptanceChannel, ownAnswer } from '../domain/record/acceptance.ts'
import { hospitalActor } from '../domain/record/audit.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { enqueue, type OutgoingMail } from './outbox.ts'
import { prepared, value } from './prepared.ts'
import { acceptanceAnswers, acceptanceRequests } from './schema.ts'

export type AcceptanceRequest = typeof acceptanceRequests.$inferSelect
export type AcceptanceAnswer = typeof acceptanceAnswers.$inferSelect

interface NewRequest {
  round: number
  /** Null ends the asking. */
  closesAt: Date | null
  /** Null for a round's first. */
  reason: string | null
  /** The last one that was seen, 0 where none was: another one since overtakes it. */
  follows: number
}

interface NewAnswer {
  round: number
  hospitalCode: string
  answer: Acceptance
  channel: Exclude<AcceptanceChannel, 'receipt'>
  reason: string
  receivedAt: Date
  /** As with a request, of the hospital's last answer. */
  follows: number
}

interface OwnAnswer {
  round: number
  hospitalCode: string
  answer: Acceptance
  /** 受付番号 */
  submission: string
  reason: string | null
  /** Declines before it were taken back as the round was done anew, and count no more; null where all count. */
  countsFrom: Date | null
}

type OwnOutcome = 'recorded' | 'already' | 'stays-declined' | 'closed'

export function acceptanceStore(db: Db) {
  return {
    /** What is in force for a round; null where nobody was asked, or is no more. */
    requestOf: (round: number): AcceptanceRequest | null => requestOf(db, round),

    /** The first one first. */
    requests: (round: number): AcceptanceRequest[] => requestsOf(db, round),

    /** Every answer of the round, the first one first. */
    answers: (round: number): AcceptanceAnswer[] => answerRows(db).all({ round }),

    /** Begins, changes or ends the asking; the mails to the hospitals are on their way with it. */
    ask: (request: NewRequest, mails: readonly OutgoingMail[], by: Act): 'asked' | 'overtaken' =>
      immediately(db, (tx) => ask(tx, request, mails, by)),

    /** What an officer heard from a hospital, at any time. */
    enter: (answer: NewAnswer, by: Act): 'recorded' | 'overtaken' =>
      immediately(db, (tx) => enter(tx, answer, by)),

    /** What a hospital says by its receipt, until the last day. */
    answer: (answer: OwnAnswer, at: Date): OwnOutcome => immediately(db, (tx) => answerBy(tx, answer, at)),
  }
}

const requestRows = prepared((db) =>
  db
    .select()
    .from(acceptanceRequests)
    .where(eq(acceptanceRequests.round, value('round')))
    .orderBy(asc(acceptanceRequests.id))
    .prepare(),
)

const answerRows = prepared((db) =>
  db
    .select()
    .from(acceptanceAnswers)
    .where(eq(acceptanceAnswers.round, value('round')))
    .orderBy(asc(acceptanceAnswers.id))
    .prepare(),
)

function requestsOf(db: Db | Transaction, round: number): AcceptanceRequest[] {
  return requestRows(db).all({ round })
}

function requestOf(db: Db | Transaction, round: number): AcceptanceRequest | null {
  const last = requestsOf(db, round).at(-1)
  return last?.closesAt ? last : null
}

function ask(
  tx: Transaction,
  { follows, ...request }: NewRequest,
  mails: readonly OutgoingMail[],
  by: Act,
): 'asked' | 'overtaken' {
  const before = requestsOf(tx, request.round).at(-1)
  if ((before?.id ?? 0) !== follows) return 'overtaken'
  tx.insert(acceptanceRequests)
    .values({ ...request, setBy: by.actor, setAt: by.at })
    .run()
  for (const mail of mails) enqueue(tx, mail, by.at)
  const verb = request.closesAt === null ? 'ended' : before?.closesAt ? 'changed' : 'asked'
  appendAudit(tx, {
    ...by,
    action: `acceptance.${verb}`,
    subject: `round ${request.round}`,
    detail: {
      closesAt: request.closesAt?.toISOString() ?? null,
      before: before?.closesAt?.toISOString() ?? null,
      reason: request.reason,
      mails: mails.length,
    },
  })
  return 'asked'
}

function lastOf(tx: Transaction, round: number, hospitalCode: string): AcceptanceAnswer | undefined {
  const { round: ofRound, hospitalCode: ofHospital, id } = acceptanceAnswers
  return tx
    .select()
    .from(acceptanceAnswers)
    .where(and(eq(ofRound, round), eq(ofHospital, hospitalCode)))
    .orderBy(desc(id))
    .limit(1)
    .get()
}

function enter(tx: Transaction, { follows, ...answer }: NewAnswer, by: Act): 'recorded' | 'overtaken' {
  if ((lastOf(tx, answer.round, answer.hospitalCode)?.id ?? 0) !== follows) return 'overtaken'
  record(tx, { ...answer, submission: null }, by)
  return 'recorded'
}

function answerBy(tx: Transaction, { countsFrom, ...answer }: OwnAnswer, at: Date): OwnOutcome {
  const last = lastOf(tx, answer.round, answer.hospitalCode)
  const counts = last && (last.answer === 'accepted' || countsFrom === null || last.recordedAt > countsFrom)
  const before = counts ? last.answer : null
  const outcome = ownAnswer(before, answer.answer)
  // Sent again as the reply got lost: it was received, whatever the hour is by now.
  if (outcome !== 'recorded') return outcome
  const closesAt = requestOf(tx, answer.round)?.closesAt
  if (!closesAt || at >= closesAt) return 'closed'
  const channel = 'receipt' as const
  record(tx, { ...answer, channel, receivedAt: at }, { actor: hospitalActor(answer.submission), at })
  return 'recorded'
}

type Recorded = Omit<AcceptanceAnswer, 'id' | 'recordedBy' | 'recordedAt'>

function record(tx: Transaction, answer: Recorded, { actor, at }: Act): void {
  tx.insert(acceptanceAnswers)
    .values({ ...answer, recordedBy: actor, recordedAt: at })
    .run()
  const { round, hospitalCode, channel, receivedAt, submission, reason } = answer
  appendAudit(tx, {
    at,
    actor,
    action: `acceptance.${answer.answer}`,
    subject: hospitalCode,
    detail: {
      round,
      channel,
      receivedAt: receivedAt.toISOString(),
      submission,
      // What a hospital writes is an answer's free text: it stands in its own row alone.
      reason: channel === 'receipt' ? null : reason,
    },
  })
}
