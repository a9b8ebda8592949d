import type { LateLink } from '../../db/late-links.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { type Waiting, waitingOf } from './waiting.ts'

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
