import type { NewLateLink } from '../../db/late-link-decisions.ts'
import type { Stores } from '../../db/stores.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { normalForm } from '../../domain/text/cp932.ts'
import { parseInstant } from '../../domain/text/dates.ts'
import { within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'

/** What was typed into the form of a new link. */
export interface TypedLateLink {
  hospitalCode: string
  /** YYYY-MM-DD: the last day, to its end. */
  lastDay: string
  reason: string
}

export type LateLinkErrors = Partial<Record<keyof TypedLateLink, string>>

export const NO_LATE_LINK: TypedLateLink = { hospitalCode: '', lastDay: '', reason: '' }

export function typedLateLink(body: unknown): TypedLateLink {
  const fields = fieldsOf(body)
  return {
    hospitalCode: fields.get('hospitalCode'),
    lastDay: normaliseDay(fields.get('lastDay')),
    reason: fields.get('reason'),
  }
}

/** ２０２４/3/5 → 2024-03-05; what is no such day stays as it was typed. */
const normaliseDay = within(10, (text) => {
  const plain = normalForm(text, 'NFKC').trim()
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain) ?? []
  return year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : text
})

/** @returns the link as it will be made, or one message a wrong field */
export function parseLateLink(
  typed: TypedLateLink,
  { hospitals }: Pick<Stores, 'hospitals'>,
  { now, closesAt }: { now: Date; closesAt: Date },
): { ok: true; link: NewLateLink } | { ok: false; errors: LateLinkErrors } {
  const expiresAt = /^\d{4}-\d{2}-\d{2}$/.test(typed.lastDay) ? parseInstant(typed.lastDay, 'end') : null
  const reason = parseReason(typed.reason)
  const hospital = hospitals.byCode(typed.hospitalCode)
  const errors: LateLinkErrors = {
    ...(hospital ? {} : { hospitalCode: '受け付ける病院を選択してください。' }),
    ...dayError(expiresAt, { now, closesAt }),
    ...(reason.ok ? {} : { reason: reason.message }),
  }
  if (!reason.ok || !hospital || expiresAt === null || Object.keys(errors).length > 0)
    return { ok: false, errors }
  return { ok: true, link: { hospitalCode: hospital.key, expiresAt, reason: reason.reason } }
}

const LONGEST = 366 * 24 * 60 * 60 * 1000

function dayError(expiresAt: Date | null, { now, closesAt }: { now: Date; closesAt: Date }): LateLinkErrors {
  if (!expiresAt) return { lastDay: '受付の最終日を入力してください（例：2024-03-25）。' }
  if (expiresAt <= now) return { lastDay: '受付の最終日は、今日以降の日付にしてください。' }
  if (expiresAt <= closesAt) return { lastDay: '受付の最終日は、回答期限より後の日付にしてください。' }
  return expiresAt.getTime() - now.getTime() > LONGEST
    ? { lastDay: '受付の最終日は、1年以内の日付にしてください。' }
    : {}
}
