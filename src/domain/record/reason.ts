import { normaliseMultiline } from '../text/text.ts'

const LONGEST = 500

/** Every decision of an officer has a reason, as it will stand in the record. */
export function parseReason(typed: string): { ok: true; reason: string } | { ok: false; message: string } {
  const reason = normaliseMultiline(typed)
  const length = [...reason].length
  if (length === 0) return { ok: false, message: '理由を入力してください。' }
  if (length > LONGEST)
    return { ok: false, message: `理由は${LONGEST}文字以内で入力してください（現在${length}文字）。` }
  return { ok: true, reason }
}
