import type { NewLateLink } from '../../db/late-link-decisions.ts'
import type { Stores } from '../../db/stores.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { parseInstant, readDay } from '../../domain/text/typed-dates.ts'
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

/** 令和6年3月5日 → 2024-03-05; what is no such day stays as it was typed. */
function normaliseDay(text: string): string {
  const read = readDay(text)
  return read.ok ? read.day : text
}

/** @returns the link as it will be made, or one message a wrong field */
export function parseLateLink(
  typed: TypedLateLink,
  { hospitals }: Pick<Stores, 'hospitals'>,
  { now, closesAt }: { now: Date; closesAt: Date | null },
): { ok: true; link: NewLateLink } | { ok: false; errors: LateLinkErrors } {
  const day = readDay(typed.lastDay)
  const expiresAt = day.ok ? parseInstant(day.day, 'end') : null
  const reason = parseReason(typed.reason)
  const hospital = hospitals.byCode(typed.hospitalCode)
  const errors: LateLinkErrors = {
    ...(hospital ? {} : { hospitalCode: '受け付ける病院を選択してください。' }),
    ...(day.ok ? dayError(expiresAt, { now, closesAt }) : { lastDay: day.problem ?? NO_DAY }),
    ...(reason.ok ? {} : { reason: reason.message }),
  }
  if (!reason.ok || !hospital || expiresAt === null || Object.keys(errors).length > 0)
    return { ok: false, errors }
  return { ok: true, link: { hospitalCode: hospital.key, expiresAt, reason: reason.reason } }
}

const NO_DAY = '受付の最終日を入力してください（令和8年12月18日のようにも入力できます）。'
const LONGEST = 366 * 24 * 60 * 60 * 1000

function dayError(
  expiresAt: Date | null,
  { now, closesAt }: { now: Date; closesAt: Date | null },
): LateLinkErrors {
  if (!expiresAt) return { lastDay: NO_DAY }
  if (expiresAt <= now) return { lastDay: '受付の最終日は、今日以降の日付にしてください。' }
  if (closesAt && expiresAt <= closesAt)
    return { lastDay: '受付の最終日は、回答期限より後の日付にしてください。' }
  return expiresAt.getTime() - now.getTime() > LONGEST
    ? { lastDay: '受付の最終日は、1年以内の日付にしてください。' }
    : {}
}
