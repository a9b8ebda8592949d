import { eq } from 'drizzle-orm'
import { closedAs, isLinked, reopenedAs, type Submission } from '../domain/answer/submission.ts'
import type { ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { forgetGmis } from './gmis-consent.ts'
import type { Transaction } from './open.ts'
import { submissions } from './schema.ts'
import {
  type ChangeContext,
  currentSubmission,
  leaveHospital,
  openAgain,
  stateOnArrival,
  stored,
  submissionByNumber,
} from './submission-versions.ts'

/** What an officer settles about an answer, each with a reason: which one counts, whose it is, that it is not used. */

/** A decision, and the mail that tells the hospital whose answer is closed by it. */
export interface ClosingDecision extends ReasonedAct {
  mail?: ChangeContext['mail']
}

/** Counts from now on, though it was closed; the one that counted is closed by this. Others go on waiting. */
export function makeCurrent(tx: Transaction, number: string, act: ClosingDecision) {
  const chosen = submissionByNumber(tx, number)
  const wanted = ['duplicate', 'unmatched', 'rejected']
  if (!chosen || !wanted.includes(chosen.state)) return 'not-a-duplicate'
  const { actor, at, reason } = act
  const hospitalCode = chosen.hospitalCode!
  const replaced = currentSubmission(tx, hospitalCode)
  if (replaced) closeAs(tx, replaced, 'rejected', { ...act, reason: `${number}を有効としたため：${reason}` })
  tx.update(submissions).set({ state: 'current', closedAt: null }).where(eq(submissions.id, chosen.id)).run()
  const detail = { reason, replaced: replaced?.number ?? null }
  appendAudit(tx, { at, actor, action: 'submission.made-current', subject: number, detail })
  forgetGmis(tx, hospitalCode, { actor, at, number })
  if (replaced) stored(tx, replaced.id, act)
  return 'made-current'
}

/** The answer belongs to this hospital of the master, and waits as a duplicate if that one has answered. */
export function link(
  tx: Transaction,
  number: string,
  hospitalCode: string,
  { actor, at, reason }: ReasonedAct,
) {
  const found = submissionByNumber(tx, number)
  if (found?.state !== 'unlinked') return 'not-unlinked'
  const state = stateOnArrival(tx, hospitalCode) === 'current' ? 'current' : 'duplicate'
  tx.update(submissions).set({ hospitalCode, state }).where(eq(submissions.id, found.id)).run()
  appendAudit(tx, {
    at,
    actor,
    action: 'submission.linked',
    subject: number,
    detail: { hospitalCode, state, reason },
  })
  forgetGmis(tx, hospitalCode, { actor, at, number })
  return state
}

/** It was linked to the wrong hospital: it waits for the right one, as it did before. */
export function unlink(tx: Transaction, number: string, { actor, at, reason }: ReasonedAct) {
  const found = submissionByNumber(tx, number)
  if (!found || !isLinked(found)) return 'not-linked'
  const { id, state: was, hospitalCode } = found
  tx.update(submissions)
    .set({ hospitalCode: null, state: 'unlinked', closedAt: null })
    .where(eq(submissions.id, id))
    .run()
  appendAudit(tx, {
    at,
    actor,
    action: 'submission.unlinked',
    subject: number,
    detail: { was, hospitalCode, reason },
  })
  if (was === 'current')
    leaveHospital(tx, found, { actor, at, reason: `${number}の病院の特定の取消しのため` })
  return 'unlinked'
}

/** A duplicate is not adopted, an answer from outside the master is none of the survey's. Neither waits any more. */
export function close(tx: Transaction, number: string, act: ClosingDecision) {
  const found = submissionByNumber(tx, number)
  const state = found && closedAs(found.state)
  if (!found || !state) return 'not-waiting'
  closeAs(tx, found, state, act)
  stored(tx, found.id, act)
  return state
}

/** It waits again, as it did before. */
export function reopen(tx: Transaction, number: string, act: ReasonedAct) {
  const found = submissionByNumber(tx, number)
  if (!found || reopenedAs(found.state) === null) return 'not-closed'
  return openAgain(tx, found, act)
}

function closeAs(
  tx: Transaction,
  { id, number, state: was, hospitalCode }: Submission,
  state: 'rejected' | 'outside',
  { actor, at, reason }: ReasonedAct,
): void {
  tx.update(submissions).set({ state, closedAt: at }).where(eq(submissions.id, id)).run()
  const detail = { was, state, hospitalCode, reason }
  appendAudit(tx, { at, actor, action: 'submission.closed', subject: number, detail })
}
