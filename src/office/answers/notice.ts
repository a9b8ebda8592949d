import type { Stores } from '../../db/stores.ts'
import { type NoticeFacts, stateNotice } from '../../domain/answer/receipt.ts'
import type { Submission } from '../../domain/answer/submission.ts'

/** What the state of an answer means to its hospital: the same on its own receipt and on the one that staff hand on. */
export function noticeOf(
  { state, hospitalCode }: Submission,
  { submissions }: Stores,
  said: Pick<NoticeFacts, 'answersUntil' | 'kind'>,
): ReturnType<typeof stateNotice> {
  return stateNotice(state, {
    ...said,
    hasCurrent: hospitalCode !== null && submissions.currentOf(hospitalCode) !== null,
    hasOthers: hospitalCode !== null && submissions.ofHospital(hospitalCode).length > 1,
  })
}
