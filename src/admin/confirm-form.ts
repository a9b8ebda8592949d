import type { Check } from './confirm-checks.ts'
import { parseReason } from './reason.ts'

export interface ConfirmErrors {
  blocked?: string
  freeSeatsReason?: string
  acknowledged?: string
}

/** @returns what keeps the round from being frozen, and the reason for free seats as it is stored */
export function confirmErrors(
  typed: { freeSeatsReason: string; acknowledged: boolean },
  checks: readonly Check[],
  freeSeats: readonly { label: string }[],
): { errors: ConfirmErrors; freeSeatsReason: string | null } {
  const errors: ConfirmErrors = {}
  if (checks.some(({ level }) => level === 'block'))
    errors.blocked = 'このままでは確定できません。「確定できません」の項目を解消してください。'
  const reason = freeSeats.length === 0 ? null : parseReason(typed.freeSeatsReason)
  if (reason && !reason.ok)
    errors.freeSeatsReason = `枠を残す${reason.message}（${freeSeats.map(({ label }) => label).join('、')}）`
  if (checks.some(({ level }) => level === 'warn') && !typed.acknowledged)
    errors.acknowledged = '注意が必要な項目を確認したうえで、チェックを入れてください。'
  return { errors, freeSeatsReason: reason?.ok ? reason.reason : null }
}
