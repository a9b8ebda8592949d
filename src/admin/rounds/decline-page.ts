import type { Round } from '../../db/rounds.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { changesSince, type HospitalChange, type KnownToday } from '../../office/rounds/changes.ts'
import { canDecline, declinedBy } from '../../office/rounds/decline.ts'
import type { FrozenRound } from '../../office/rounds/frozen.ts'
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
