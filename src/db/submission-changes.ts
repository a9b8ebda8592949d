import { eq } from 'drizzle-orm'
import { type HospitalReference, type Submission, sameContent } from '../domain/answer/submission.ts'
import type { ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import type { Transaction } from './open.ts'
import { submissions } from './schema.ts'
import {
  type AnswerContent,
  actorOf,
  addVersion,
  type ChangeContext,
  currentSubmission,
  findSubmission,
  forgetGmis,
  stateOnArrival,
  stored,
} from './submission-versions.ts'

/** Only `corrected` changed anything. The submission is as it stands afterwards. */
export interface CorrectionOutcome {
  kind: 'corrected' | 'unchanged' | 'withdrawn' | 'hospital-changed' | 'changed-meanwhile'
  submission: Submission
}

export interface CorrectionContext extends ChangeContext {
  /** The version that was corrected on the page: a newer one is not written over unseen. */
  basedOn?: number | undefined
}

export function correct(
  tx: Transaction,
  number: string,
  content: AnswerContent,
  context: CorrectionContext,
): CorrectionOutcome {
  const known = byNumber(tx, number)
  if (known.state === 'withdrawn') return { kind: 'withdrawn', submission: known }
  if (!namesHospitalOf(known, content.hospital)) return { kind: 'hospital-changed', submission: known }
  if (sameContent(known, content)) return { kind: 'unchanged', submission: known }
  if (context.basedOn !== undefined && context.basedOn !== known.version)
    return { kind: 'changed-meanwhile', submission: known }
  return { kind: 'corrected', submission: addVersion(tx, known, content, context) }
}

export function withdraw(
  tx: Transaction,
  number: string,
  context: ChangeContext,
): 'withdrawn' | 'already-withdrawn' {
  const { at } = context
  const { id, state, hospitalCode } = byNumber(tx, number)
  if (state === 'withdrawn') return 'already-withdrawn'
  tx.update(submissions).set({ state: 'withdrawn', withdrawnAt: at }).where(eq(submissions.id, id)).run()
  // The consent to reuse them was part of the answer.
  if (state === 'current') forgetGmis(tx, hospitalCode)
  const actor = actorOf(context, number)
  const detail = { was: state, hospitalCode }
  appendAudit(tx, { at, actor, action: 'submission.withdrawn', subject: number, detail })
  stored(tx, id, context)
  return 'withdrawn'
}

/** Under `other` the typed name may be mended; a hospital of the master stays what it is. */
export function namesHospitalOf(known: Submission, hospital: HospitalReference): boolean {
  if (hospital.kind === 'other') return known.typedHospital !== null
  return known.typedHospital === null && known.hospitalCode === hospital.code
}

function byNumber(tx: Transaction, number: string): Submission {
  const known = findSubmission(tx, eq(submissions.number, number))
  if (!known) throw new Error(`no submission ${number}`)
  return known
}

/** The duplicate counts from now on; the one that was current becomes the duplicate. */
export function makeCurrent(tx: Transaction, number: string, { actor, at, reason }: ReasonedAct) {
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

/** The answer belongs to this hospital of the master, and waits as a duplicate if that one has answered. */
export function link(
  tx: Transaction,
  number: string,
  hospitalCode: string,
  { actor, at, reason }: ReasonedAct,
) {
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
