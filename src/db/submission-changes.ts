import { eq } from 'drizzle-orm'
import { type HospitalReference, type Submission, sameContent } from '../domain/answer/submission.ts'
import { appendAudit } from './audit.ts'
import { takenAgainFrom } from './correction-limit.ts'
import type { Transaction } from './open.ts'
import { submissions } from './schema.ts'
import {
  type AnswerContent,
  actorOf,
  addVersion,
  type ChangeContext,
  entryDetail,
  leaveHospital,
  stored,
  submissionByNumber,
} from './submission-versions.ts'

/** Only `corrected` changed anything. The submission is as it stands afterwards. */
export type CorrectionOutcome =
  | {
      kind: 'corrected' | 'unchanged' | 'withdrawn' | 'hospital-changed' | 'changed-meanwhile'
      submission: Submission
    }
  | TooMany

/** The hospital has corrected it too often for now. */
export interface TooMany {
  kind: 'too-many'
  submission: Submission
  /** From when a correction is taken again. */
  from: Date
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
  return addCorrection(tx, known, content, context)
}

/** A new version, unless the hospital has made too many of late. An officer may always. */
export function addCorrection(
  tx: Transaction,
  known: Submission,
  content: AnswerContent,
  context: CorrectionContext,
): { kind: 'corrected'; submission: Submission } | TooMany {
  const from = context.entry ? null : takenAgainFrom(tx, known.id, context.at)
  if (from) return { kind: 'too-many', submission: known, from }
  return { kind: 'corrected', submission: addVersion(tx, known, content, context) }
}

export function withdraw(
  tx: Transaction,
  number: string,
  context: ChangeContext,
): 'withdrawn' | 'already-withdrawn' {
  const { at } = context
  const known = byNumber(tx, number)
  const { id, state, hospitalCode } = known
  if (state === 'withdrawn') return 'already-withdrawn'
  tx.update(submissions)
    .set({
      state: 'withdrawn',
      withdrawnAt: at,
      withdrawnChannel: context.entry?.channel ?? null,
      closedAt: null,
    })
    .where(eq(submissions.id, id))
    .run()
  const actor = actorOf(context, number)
  const detail = { was: state, hospitalCode, ...entryDetail(context) }
  appendAudit(tx, { at, actor, action: 'submission.withdrawn', subject: number, detail })
  if (state === 'current') leaveHospital(tx, known, { actor, at, reason: `${number}の取下げのため` })
  stored(tx, id, context)
  return 'withdrawn'
}

/** Under `other` the typed name may be mended; a hospital of the master stays what it is. */
export function namesHospitalOf(known: Submission, hospital: HospitalReference): boolean {
  if (hospital.kind === 'other') return known.typedHospital !== null
  return known.typedHospital === null && known.hospitalCode === hospital.code
}

function byNumber(tx: Transaction, number: string): Submission {
  const known = submissionByNumber(tx, number)
  if (!known) throw new Error(`no submission ${number}`)
  return known
}
