import type { NewLateLink } from '../../db/late-link-decisions.ts'
import type { Stores } from '../../db/stores.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { dateText } from '../../domain/text/dates.ts'
import { type NotRead, parseInstant, readDay } from '../../domain/text/typed-dates.ts'
import { fieldsOf } from '../../web/fields.ts'

/** What was typed into the form of a new link. */
export interface TypedLateLink {
  hospitalCode: string
  /** The last day, to its end, as it was written. */
  lastDay: string
  reason: string
}

export type LateLinkErrors = Partial<Record<keyof TypedLateLink, string>>

export const NO_LATE_LINK: TypedLateLink = { hospitalCode: '', lastDay: '', reason: '' }

export function typedLateLink(body: unknown): TypedLateLink {
  const fields = fieldsOf(body)
  return {
    hospitalCode: fields.get('hospitalCode'),
    lastDay: fields.get('lastDay'),
    reason: fields.get('reason'),
  }
}

/** What the browser's calendar shows of the text; '' where it is no day. */
export function pickedDay(text: string): string {
  const read = readDay(text)
  return read.ok ? read.day : ''
}

/** @returns the link as it will be made, or one message a wrong field */
export function parseLateLink(
  typed: TypedLateLink,
  { hospitals }: Pick<Stores, 'hospitals'>,
  standing: Standing,
): { ok: true; link: NewLateLink } | { ok: false; errors: LateLinkErrors } {
  const day = readDay(typed.lastDay)
  const expiresAt = day.ok ? parseInstant(day.day, 'end') : null
  const reason = parseReason(typed.reason)
  const hospital = hospitals.byCode(typed.hospitalCode)
  const errors: LateLinkErrors = {
    ...(hospital ? {} : { hospitalCode: '受け付ける病院を選択してください。' }),
    ...(day.ok ? dayError(expiresAt!, standing) : { lastDay: noDay(typed.lastDay, day, standing) }),
    ...(reason.ok ? {} : { reason: reason.message }),
  }
  if (!reason.ok || !hospital || expiresAt === null || Object.keys(errors).length > 0)
    return { ok: false, errors }
  return { ok: true, link: { hospitalCode: hospital.key, expiresAt, reason: reason.reason } }
}

/** When it is, and the deadline after which links are made. */
interface Standing {
  now: Date
  closesAt: Date | null
}

function noDay(text: string, { problem }: NotRead, standing: Standing): string {
  if (problem) return `受付の最終日：${problem}`
  return text.trim() === ''
    ? '受付の最終日を入力してください。'
    : `受付の最終日は、「${exampleDay(standing)}」のように、年月日だけを入力してください。`
}

const WEEK = 7 * 24 * 60 * 60 * 1000

/** A last day as it may be written: one that could be meant. */
export function exampleDay({ now, closesAt }: Standing): string {
  const from = Math.max(now.getTime(), closesAt?.getTime() ?? 0)
  return dateText(new Date(from + WEEK)).replace(/（.）$/, '')
}

const LONGEST = 366 * 24 * 60 * 60 * 1000

function dayError(expiresAt: Date, { now, closesAt }: Standing): LateLinkErrors {
  if (expiresAt <= now) return { lastDay: '受付の最終日は、今日以降の日付にしてください。' }
  if (closesAt && expiresAt <= closesAt)
    return { lastDay: '受付の最終日は、回答期限より後の日付にしてください。' }
  return expiresAt.getTime() - now.getTime() > LONGEST
    ? { lastDay: '受付の最終日は、1年以内の日付にしてください。' }
    : {}
}
