import type { Stores } from '../../db/stores.ts'
import { type NoticeFacts, stateNotice } from '../../domain/answer/receipt.ts'
import type { Submission } from '../../domain/answer/submission.ts'

/** What the state of an answer means to its hospital: the same on its own receipt and on the one that staff hand on. */
export function noticeOf(
  submission: Submission,
  { submissions }: Stores,
  said: Pick<NoticeFacts, 'answersUntil' | 'kind'>,
): ReturnType<typeof stateNotice> {
  // Of one that simply counts nothing is said.
  if (submission.state === 'current') return null
  return stateNotice(submission.state, {
    ...said,
    ...submissions.besides(submission),
  })
}
