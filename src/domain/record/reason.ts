import { lengthProblem, normaliseMultiline, within } from '../text/text.ts'

const LONGEST = 500
const normalise = within(LONGEST, normaliseMultiline)

/** Every decision of an officer has a reason, as it will stand in the record. */
export function parseReason(typed: string): { ok: true; reason: string } | { ok: false; message: string } {
  const reason = normalise(typed)
  const message = reason === '' ? '理由を入力してください。' : lengthProblem('理由', reason, LONGEST)
  return message === null ? { ok: true, reason } : { ok: false, message }
}
