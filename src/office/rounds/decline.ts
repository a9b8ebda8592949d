import type { Decline } from '../../domain/selection/amendment.ts'
import { passedOverReason } from '../../domain/selection/words/amended.ts'
import { amendedBy, type FrozenRound } from './frozen.ts'

/** Whoever is selected or waits, as the round stands. */
export function canDecline({ amended }: FrozenRound, code: string): boolean {
  const row = amended.results.find((each) => each.code === code)
  return row?.decision === 'selected' || row?.decision === 'waitlisted'
}

/**
 * Everything stays as it was frozen but what follows from the decline. Whoever waits in front but has a seat of another
 * round by now, or has declined one, is passed over: a hospital never gets a second seat.
 */
export function declinedBy(
  frozen: FrozenRound,
  decline: Decline,
  leftOut: ReadonlyMap<string, string>,
): FrozenRound {
  const { results, amendments } = frozen.amended
  const row = results.find(({ code }) => code === decline.code)!
  const waiting = results.filter(({ decision, band }) => decision === 'waitlisted' && band === row.band)
  const first = waiting.findIndex(({ code }) => !leftOut.has(code))
  const passedOver = row.decision === 'selected' ? waiting.slice(0, first < 0 ? waiting.length : first) : []
  const declines = [
    ...amendments.map(({ code, reason }) => ({ code, reason })),
    ...passedOver.map(({ code }) => ({ code, reason: passedOverReason(leftOut.get(code)!) })),
    decline,
  ]
  return { ...frozen, amended: amendedBy(frozen.result, declines) }
}
