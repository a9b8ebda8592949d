import { eq } from 'drizzle-orm'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { submissions } from './schema.ts'
import { currentSubmission, findSubmission } from './submission-rows.ts'
import { forgetGmis } from './submission-versions.ts'
import { stateOnArrival } from './submissions.ts'

export type SubmissionDecisionStore = ReturnType<typeof submissionDecisionStore>

/** Who decided, when and why. */
export interface Decision {
  actor: string
  at: Date
  reason: string
}

/** What only an officer can settle: which of two answers counts, and whose an answer under `other` is. */
export function submissionDecisionStore(db: Db) {
  return {
    /** The duplicate counts from now on; the one that was current becomes the duplicate. */
    makeCurrent: (number: string, decision: Decision): 'made-current' | 'not-a-duplicate' =>
      immediately(db, (tx) => makeCurrent(tx, number, decision)),

    /** The answer belongs to this hospital of the master, and waits as a duplicate if that one has answered. */
    link: (
      number: string,
      hospitalCode: string,
      decision: Decision,
    ): 'current' | 'duplicate' | 'not-unlinked' =>
      immediately(db, (tx) => link(tx, number, hospitalCode, decision)),
  }
}

function makeCurrent(tx: Transaction, number: string, { actor, at, reason }: Decision) {
  const chosen = findSubmission(tx, eq(submissions.number, number))
  if (chosen?.state !== 'duplicate' || chosen.hospitalCode === null) return 'not-a-duplicate'
  const replaced = currentSubmission(tx, chosen.hospitalCode)
  if (replaced)
    tx.update(submissions).set({ state: 'duplicate' }).where(eq(submissions.id, replaced.id)).run()
  tx.update(submissions).set({ state: 'current' }).where(eq(submissions.id, chosen.id)).run()
  if (!chosen.answers.gmisConsent) forgetGmis(tx, chosen.hospitalCode)
  const detail = { reason, replaced: replaced?.number ?? null }
  appendAudit(tx, { at, actor, action: 'submission.made-current', subject: number, detail })
  return 'made-current'
}

function link(tx: Transaction, number: string, hospitalCode: string, { actor, at, reason }: Decision) {
  const found = findSubmission(tx, eq(submissions.number, number))
  if (found?.state !== 'unlinked') return 'not-unlinked'
  const state = stateOnArrival(tx, hospitalCode) === 'current' ? 'current' : 'duplicate'
  tx.update(submissions).set({ hospitalCode, state }).where(eq(submissions.id, found.id)).run()
  if (state === 'current' && !found.answers.gmisConsent) forgetGmis(tx, hospitalCode)
  appendAudit(tx, {
    at,
    actor,
    action: 'submission.linked',
    subject: number,
    detail: { hospitalCode, state, reason },
  })
  return state
}
