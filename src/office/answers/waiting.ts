import type { LateLink } from '../../db/late-links.ts'
import type { Submission } from '../../domain/answer/submission.ts'

/** Answers that count for no hospital until an officer settles them. */
export interface Waiting {
  duplicate: number
  /** Of hospitals that were given a link, and answered without it. */
  unmatched: number
  unlinked: number
}

export function waitingOf(submissions: readonly Submission[]): Waiting {
  const count = (wanted: keyof Waiting) => submissions.filter(({ state }) => state === wanted).length
  return { duplicate: count('duplicate'), unmatched: count('unmatched'), unlinked: count('unlinked') }
}

/** Answers that would come into the selection if it waited for them. */
export interface WaitingAnswers extends Waiting {
  /** Hospitals that may still answer after the deadline, and have not. */
  late: number
}

export function waitingAnswersOf(
  submissions: readonly Submission[],
  lateLinks: readonly LateLink[],
  now: Date,
): WaitingAnswers {
  const open = lateLinks.filter(
    ({ usedAt, revokedAt, expiresAt }) => usedAt === null && revokedAt === null && expiresAt > now,
  )
  return { ...waitingOf(submissions), late: new Set(open.map(({ hospitalCode }) => hospitalCode)).size }
}
