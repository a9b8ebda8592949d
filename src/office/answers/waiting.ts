import type { Submission } from '../../domain/answer/submission.ts'

/** Answers that count for no hospital until an officer settles them. */
export interface Waiting {
  duplicate: number
  unlinked: number
}

export function waitingOf(submissions: readonly Submission[]): Waiting {
  const count = (wanted: keyof Waiting) => submissions.filter(({ state }) => state === wanted).length
  return { duplicate: count('duplicate'), unlinked: count('unlinked') }
}
