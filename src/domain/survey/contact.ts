import type { Choice } from '../text/choice.ts'
import { lengthProblem, normaliseMultiline, normaliseText, within } from '../text/text.ts'
import { parseInstant, readInstant } from '../text/typed-dates.ts'

/** 連絡の記録: that an officer called a hospital without an answer, whom was reached, and what came of it. */

export const CONTACT_WAY_IDS = ['phone', 'fax', 'mail', 'visit'] as const
type ContactWay = (typeof CONTACT_WAY_IDS)[number]
export const CONTACT_WAYS: readonly Choice<ContactWay>[] = [
  { id: 'phone', label: '電話' },
  { id: 'fax', label: 'FAX' },
  { id: 'mail', label: 'メール' },
  { id: 'visit', label: '訪問・面談' },
]

export const CONTACT_RESULT_IDS = ['promised', 'considering', 'absent', 'refused', 'wrong', 'told'] as const
export type ContactResult = (typeof CONTACT_RESULT_IDS)[number]
export const CONTACT_RESULTS: readonly Choice<ContactResult>[] = [
  { id: 'promised', label: '回答する予定' },
  { id: 'considering', label: '検討中' },
  { id: 'absent', label: '不在・折返し待ち' },
  { id: 'refused', label: '回答しない意向' },
  { id: 'wrong', label: '連絡先の誤り' },
  { id: 'told', label: '伝言・送付のみ' },
]

export interface NewContact {
  way: ContactWay
  contactedAt: Date
  /** Who called. */
  caller: string
  /** Who was reached; null where nobody was. */
  reached: string | null
  result: ContactResult
  note: string | null
}

export const CONTACT_FIELDS = ['way', 'contactedAt', 'caller', 'reached', 'result', 'note'] as const
type ContactField = (typeof CONTACT_FIELDS)[number]
export type TypedContact = Record<ContactField, string>
export type ContactErrors = Partial<Record<ContactField, string>>

const LIMITS = { caller: 40, reached: 60, note: 500 }
const line = (limit: number) => within(limit, normaliseText)
const lines = within(LIMITS.note, normaliseMultiline)

/** @returns the contact as it is kept, or one message a wrong field */
export function parseContact(
  typed: TypedContact,
  now: Date,
): { ok: true; contact: NewContact } | { ok: false; errors: ContactErrors } {
  const way = CONTACT_WAYS.find(({ id }) => id === typed.way)
  const result = CONTACT_RESULTS.find(({ id }) => id === typed.result)
  const [caller, reached] = [line(LIMITS.caller)(typed.caller), line(LIMITS.reached)(typed.reached)]
  const note = lines(typed.note)
  const found = parseInstant(typed.contactedAt, 'start')
  const problems: Record<ContactField, string | null> = {
    way: way ? null : '連絡の方法を選択してください。',
    contactedAt: instantProblem(typed.contactedAt, now),
    caller:
      caller === '' ? '連絡した人を入力してください。' : lengthProblem('連絡した人', caller, LIMITS.caller),
    reached: lengthProblem('応対した人', reached, LIMITS.reached),
    result: result ? null : '結果を選択してください。',
    note: lengthProblem('メモ', note, LIMITS.note),
  }
  const errors = Object.fromEntries(Object.entries(problems).filter(([, message]) => message !== null))
  if (!way || !result || !found || Object.keys(errors).length > 0) return { ok: false, errors }
  return {
    ok: true,
    contact: {
      way: way.id,
      contactedAt: found,
      caller,
      reached: reached || null,
      result: result.id,
      note: note || null,
    },
  }
}

/** A clock of the office may be a little ahead of the server's. */
const AHEAD = 10 * 60 * 1000

function instantProblem(typed: string, now: Date): string | null {
  if (typed.trim() === '') return '連絡した日時を入力してください。'
  const read = readInstant(typed, 'start')
  if (!read.ok)
    return read.problem
      ? `連絡した日時：${read.problem}`
      : '連絡した日時は、「令和8年12月15日10時30分」または「2026-12-15 10:30」のように入力してください。'
  return read.instant.getTime() > now.getTime() + AHEAD
    ? '連絡した日時が、現在より後になっています。日時を確認してください。'
    : null
}
