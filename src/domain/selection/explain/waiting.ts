import type { HospitalResult } from '../result.ts'
import type { Standing } from './standing.ts'

/** Why an eligible hospital has no seat: one went to a region, or to a designated hospital below it; or there were too few. */
type WaitingCause = 'floor' | 'designation' | 'seats'

export function waitingCause(
  { bandRank }: Pick<HospitalResult, 'bandRank'>,
  { band, floor }: { band: Pick<Standing['band'], 'seats'>; floor: unknown },
): WaitingCause {
  if (floor) return 'floor'
  // So near the top it would have a seat, had none gone to a designated hospital below it.
  return bandRank! <= band.seats ? 'designation' : 'seats'
}
