import { parseReason } from '../../domain/record/reason.ts'
import type { Check } from '../rounds/frozen.ts'

/** What the officer types before a selection is frozen. */
export interface TypedConfirmation {
  /** Why the round is done anew; asked for that alone. */
  reason: string
  freeSeatsReason: string
  waitingReason: string
  acknowledged: boolean
}

/** What the page asks for. */
export interface Asked {
  reason: boolean
  /** The bands that keep free seats. */
  freeSeats: readonly { label: string }[]
  /** Answers still wait. */
  waiting: boolean
}

export type ConfirmErrors = Partial<
  Record<'blocked' | 'reason' | 'freeSeatsReason' | 'waitingReason' | 'acknowledged', string>
>

/** The reasons as they are stored; null where none is asked for. */
export interface ConfirmReasons {
  reason: string | null
  freeSeatsReason: string | null
  waitingReason: string | null
}

/** @returns what keeps the round from being frozen, and the reasons where nothing does */
export function confirmErrors(
  typed: TypedConfirmation,
  checks: readonly Check[],
  asked: Asked,
): { errors: ConfirmErrors; reasons: ConfirmReasons } {
  const errors: ConfirmErrors = {}
  if (checks.some(({ level }) => level === 'block'))
    errors.blocked = 'このままでは確定できません。「確定できません」の項目を解消してください。'
  const read = (name: 'reason' | 'freeSeatsReason' | 'waitingReason', isAsked: boolean, what: string) => {
    const parsed = isAsked ? parseReason(typed[name]) : null
    if (parsed && !parsed.ok) errors[name] = `${what}${parsed.message}`
    return parsed?.ok ? parsed.reason : null
  }
  const bands = asked.freeSeats.map(({ label }) => label).join('、')
  const reasons = {
    reason: read('reason', asked.reason, '選定をやり直す'),
    freeSeatsReason: read('freeSeatsReason', asked.freeSeats.length > 0, '枠を残す'),
    waitingReason: read('waitingReason', asked.waiting, '確認を待たずに進める'),
  }
  if (errors.freeSeatsReason) errors.freeSeatsReason += `（${bands}）`
  if (checks.some(({ level }) => level === 'warn') && !typed.acknowledged)
    errors.acknowledged = '注意が必要な項目を確認したうえで、チェックを入れてください。'
  return { errors, reasons }
}
