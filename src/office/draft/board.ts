import type { Stores } from '../../db/stores.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import { heldByBand } from '../../domain/selection/additional-round.ts'
import { bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { type BandBoard, boardOf } from '../../domain/selection/board.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { ConfirmedResults } from '../rounds/confirmed.ts'
import type { Draft } from './draft.ts'

/**
 * All confirmed rounds together against the seats of today's policy: who holds a seat is selected, who was confirmed to
 * wait waits, and eligible is who could get a seat in the next round. A hospital that the bands of today leave out holds
 * its seat all the same.
 */
export function overallBoard(
  { policy, held, result, snapshot, hospitals, reading }: Draft,
  confirmed: ConfirmedResults,
): BandBoard {
  const waiting = hospitals.filter(({ key }) => confirmed.get(key)?.kind === 'waitlisted')
  const waitingIn = (band: string) =>
    waiting.filter(({ key }) => (reading.row(key).band ?? NO_BAND.id) === band).length
  const { inBand, outside } = heldByBand(policy, held.taken)
  const eligible = new Map(result.bands.map((band) => [band.id, band.eligible]))
  const lines = snapshot.policy.bands.map(({ id }, index) => {
    const band = policy.bands[index]!
    const { seats } = band
    return {
      id,
      label: bandLabel(band),
      seats,
      selected: inBand[index]!,
      eligible: eligible.get(id) ?? 0,
      waitlisted: waitingIn(id),
    }
  })
  const beyond = {
    ...NO_BAND,
    seats: 0,
    selected: outside,
    eligible: 0,
    waitlisted: waitingIn(NO_BAND.id),
  }
  return boardOf(beyond.selected + beyond.waitlisted === 0 ? lines : [...lines, beyond])
}

/** Which selection is being prepared, and what has been decided before it. */
export interface SelectionStatus {
  /** 初回選定, 追加選定（第2回） */
  preparing: string
  isAdditional: boolean
  /** The seats that it can give away. */
  seatsLeft: number
  /** The last confirmed round. */
  confirmed: { label: string; href: string; at: string } | null
  /** What waits for its second person. */
  openProposal: { label: string; href: string } | null
}

/**
 * @param round that is being prepared
 * @param seatsLeft that it can give away
 */
export function selectionStatus({ editions }: Stores, round: number, seatsLeft: number): SelectionStatus {
  const last = editions.newest().at(-1)
  const open = editions.open()
  return {
    preparing: roundLabel(round),
    isAdditional: round > 1,
    seatsLeft,
    confirmed: last
      ? {
          label: roundLabel(last.number),
          href: `/admin/rounds/${last.number}`,
          at: dateTimeText(last.settled.at),
        }
      : null,
    openProposal: open && {
      label: editionLabel(open.number, open.edition),
      href: `/admin/proposals/${open.proposal}`,
    },
  }
}
