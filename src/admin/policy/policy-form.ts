import { parseReason } from '../../domain/record/reason.ts'
import type { Policy } from '../../domain/selection/policy.ts'
import { wholeNumber } from '../../domain/selection/policy-settings.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type FieldErrors, readPolicy, seatTotal } from './policy-reading.ts'
import { policyTexts, sentPolicy, type TypedPolicy } from './policy-texts.ts'

export interface TypedForm {
  typed: TypedPolicy
  version: number
  note: string
  /** The sum of seats that the officer answers for, though it is not the prefecture's. */
  acknowledged: string
}

/** What every save of this kind of policy needs. */
export interface FormRules {
  prefectureSeats: number
  /** The policy that counts is saved with a reason, and its seats add up or somebody says that they need not. */
  binding: boolean
}

export function storedForm({ version, policy }: { version: number; policy: Policy }, note = ''): TypedForm {
  return { typed: policyTexts(policy), version, note, acknowledged: '' }
}

export function sentForm(body: unknown): TypedForm {
  const fields = fieldsOf(body)
  return {
    typed: sentPolicy(body),
    version: wholeNumber(fields.get('version')),
    note: fields.get('note'),
    acknowledged: fields.get('acknowledged'),
  }
}

/** @returns the policy and the note as they would be stored, or null where there are errors */
export function readForm(
  form: TypedForm,
  rules: FormRules,
): { ready: { policy: Policy; note: string } | null; errors: FieldErrors } {
  const { policy, errors } = readPolicy(form.typed)
  const reason = rules.binding || form.note.trim() !== '' ? parseReason(form.note) : { ok: true, reason: '' }
  const all: FieldErrors = { ...errors }
  if ('message' in reason) all.note = reason.message.replace('理由', noteLabel(rules))
  const seats = seatCheck(form.typed, rules)
  if (rules.binding && seats.differs && form.acknowledged !== String(seats.total))
    all.acknowledged = `枠の合計（${seats.total}）が、県の支援予定病院数（${seats.prefecture}）と一致していません。枠を直すか、このままでよい理由を書いてチェックを入れてください。`
  const ready = policy && 'reason' in reason && Object.keys(all).length === 0
  return { ready: ready ? { policy, note: reason.reason } : null, errors: all }
}

/** The typed seats against the prefecture's number. */
export interface SeatCheck {
  /** Null while one of them is no number. */
  total: number | null
  prefecture: number
  differs: boolean
}

export function seatCheck(typed: TypedPolicy, { prefectureSeats }: FormRules): SeatCheck {
  const total = seatTotal(typed)
  return { total, prefecture: prefectureSeats, differs: total !== null && total !== prefectureSeats }
}

/** What a version says about itself: why the policy that counts was changed, or what a scenario tries. */
export function noteLabel({ binding }: FormRules): string {
  return binding ? '変更の理由' : 'メモ'
}
