import type { Act } from '../../db/acts.ts'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { type Decline, declinesIn, passedOver, waitingFor } from '../../domain/selection/amendment.ts'
import { amendedReading } from '../../domain/selection/reading.ts'
import { reasonsOf } from '../../domain/selection/words/reasons.ts'
import { amendedBy, type FrozenRound } from './frozen.ts'
import { type LeftOut, leftOutText } from './held-seats.ts'
import { type Settled, settleEdition } from './settle.ts'

/** 辞退 of an edition of a round, before anybody decides on it. */
export interface Declining {
  edition: ConfirmedEdition
  frozen: FrozenRound
  /** Hospitals that get no seat of this round, and why. */
  leftOut: ReadonlyMap<string, LeftOut>
}

/** Whoever is selected or waits, as the round stands. */
export function canDecline({ reading }: FrozenRound, code: string): boolean {
  const row = reading.rows.find((each) => each.code === code)
  return row?.decision === 'selected' || row?.decision === 'waitlisted'
}

/**
 * Everything stays as it was frozen but what follows from the decline. Whoever waits in front but has a seat of another
 * round by now, or has declined one, is passed over: a hospital never gets a second seat.
 */
export function declinedBy({ frozen, leftOut }: Declining, decline: Decline): FrozenRound {
  const { first, amended, rows, row: rowOf } = frozen.reading
  const row = rowOf(decline.code)
  const waiting = waitingFor(row, rows)
  const next = waiting.findIndex(({ code }) => !leftOut.has(code))
  const others = row.decision === 'selected' ? waiting.slice(0, next < 0 ? waiting.length : next) : []
  const declines = [
    ...declinesIn(amended),
    ...others.map(({ code }) => passedOver(code, leftOutText(leftOut.get(code)!))),
    decline,
  ]
  const reading = amendedReading(first, amendedBy(first.result, declines))
  return { ...frozen, reading, checks: [], reasons: reasonsOf(reading, { before: frozen.reasons }) }
}

/** The next edition of the round, in which the first of the waiting list moves up. */
export function settleDecline(
  stores: Stores,
  declining: Declining,
  { decline, by, secondApproval }: { decline: Decline; by: Act; secondApproval: boolean },
): Promise<Settled> {
  const { number, edition, policyVersion, freeSeatsReason, waitingReason } = declining.edition
  const decided = {
    ...{ number, policyVersion, freeSeatsReason, waitingReason },
    edition: edition + 1,
    kind: 'declined' as const,
    reason: decline.reason,
    declinedCode: decline.code,
    follows: stores.editions.last(),
    frozen: declinedBy(declining, decline),
  }
  return settleEdition(stores, decided, { by, secondApproval })
}

/** Who moves up for whom, as one text: whoever records a decline sends back what was shown to follow from it. */
export function declineOutcome(declining: Declining, code: string): string {
  const { reading } = declinedBy(declining, { code, reason: '辞退' })
  return reading.amended.amendments.map((each) => `${each.code}:${each.promoted ?? ''}`).join(' ')
}
