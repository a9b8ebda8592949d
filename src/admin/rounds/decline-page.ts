import type { Round } from '../../db/rounds.ts'
import type { Decline } from '../../domain/selection/amendment.ts'
import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { roundLabel } from '../../domain/selection/snapshot-of.ts'
import { passedOverReason } from '../../domain/selection/words/amended.ts'
import { changesSince, type HospitalChange, type KnownToday } from '../../office/rounds/changes.ts'
import { amendedBy, type FrozenRound } from '../../office/rounds/frozen.ts'
import { type RoundLine, roundLines } from '../../office/rounds/lines.ts'

export interface DeclineModel {
  number: number
  /** The one that it would make. */
  edition: number
  roundLabel: string
  isProposed: boolean
  hospital: RoundLine
  /** It gives back a seat, not only a place on the waiting list. */
  hadSeat: boolean
  /** Who moves up; null where nobody waits. */
  promoted: RoundLine | null
  /** Who waits in front of it, but has a seat of another round. */
  passedOver: RoundLine[]
  /** What is known of whoever moves up has changed since: the new edition does not take it over. */
  changes: HospitalChange[]
  board: BandBoard
  reason: string
  error: string | null
  isStale: boolean
}

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

export interface DeclineSubject {
  round: Round
  frozen: FrozenRound
  code: string
  /** Hospitals that get no seat of this round, with the reason. */
  leftOut: ReadonlyMap<string, string>
  today: KnownToday
  isProposed: boolean
}

/** @returns null for a hospital that is neither selected nor waits */
export function declineModel({
  round,
  frozen,
  code,
  leftOut,
  today,
  isProposed,
}: DeclineSubject): DeclineModel | null {
  if (!canDecline(frozen, code)) return null
  const before = roundLines(frozen)
  const selected = before.selected.find((line) => line.code === code)
  const hospital = selected ?? before.waitlisted.find((line) => line.code === code)!
  const after = declinedBy(frozen, { code, reason: '辞退' }, leftOut)
  const promoted = after.amended.amendments.at(-1)!.promoted
  return {
    number: round.number,
    edition: round.edition + 1,
    roundLabel: roundLabel(round.number),
    isProposed,
    hospital,
    hadSeat: selected !== undefined,
    passedOver: roundLines(after).passedOver.slice(before.passedOver.length),
    promoted: before.waitlisted.find((line) => line.code === promoted) ?? null,
    changes: changesSince(frozen, today).filter((change) => change.code === promoted),
    board: bandBoard(after.snapshot, after.amended),
    reason: '',
    error: null,
    isStale: false,
  }
}
