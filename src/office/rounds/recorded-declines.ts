import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { FrozenReader } from './frozen.ts'

/** 辞退 as it was recorded: whose, of which round, and when. */
export interface RecordedDecline {
  code: string
  round: number
  at: Date
}

/** What ends a decline when it comes after it. */
interface SinceThen {
  /** The hospital's last answer or correction, of the answer that counts. */
  answeredAt: Date | undefined
  /** An officer's designation that is in effect. */
  designatedAt: Date | undefined
}

/** Every decline of every round but those that a later edition of the round took back: who is eligible in it has not declined. */
export function declinesOf({ editions }: Stores, frozenOf: FrozenReader): RecordedDecline[] {
  const confirmed = editions.confirmed()
  return confirmed.flatMap((edition) => {
    const { declinedCode: code, number: round, settled } = edition
    if (code === null || confirmed.some((later) => takesBack(later, edition, frozenOf))) return []
    return [{ code, round, at: settled.at }]
  })
}

function takesBack(later: ConfirmedEdition, decline: ConfirmedEdition, frozenOf: FrozenReader): boolean {
  return (
    later.number === decline.number &&
    later.edition > decline.edition &&
    later.kind === 'reopened' &&
    frozenOf(later).reading.rows.some((row) => row.code === decline.declinedCode && row.eligible)
  )
}

/**
 * Whoever declined is asked no second time, and reads so on its receipt, unless the hospital has answered again since
 * or an officer has designated it since.
 */
export function stillDeclined({ at }: RecordedDecline, { answeredAt, designatedAt }: SinceThen): boolean {
  return ![answeredAt, designatedAt].some((since) => since !== undefined && since > at)
}
