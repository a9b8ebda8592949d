import type { Stores } from '../../db/stores.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import { heldByBand } from '../../domain/selection/additional-round.ts'
import { bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { type BandBoard, type BandLine, boardOf } from '../../domain/selection/board.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { Draft } from './draft.ts'

/**
 * All confirmed rounds together against the seats of today's policy: who holds a seat is selected, and whoever could
 * still get one waits. A hospital that the bands of today leave out holds its seat all the same.
 */
export function overallBoard({ policy, held, result, snapshot }: Draft): BandBoard {
  const { inBand, outside } = heldByBand(policy, held.taken)
  const eligible = new Map(result.bands.map((band) => [band.id, band.eligible]))
  const lines = snapshot.policy.bands.map(({ id }, index) => {
    const band = policy.bands[index]!
    const { seats } = band
    return line({
      id,
      label: bandLabel(band),
      seats,
      selected: inBand[index]!,
      waitlisted: eligible.get(id) ?? 0,
    })
  })
  const beyond = line({ ...NO_BAND, seats: 0, selected: outside, waitlisted: 0 })
  return boardOf(outside === 0 ? lines : [...lines, beyond])
}

function line(counts: Omit<BandLine, 'eligible' | 'balance'>): Omit<BandLine, 'balance'> {
  return { ...counts, eligible: counts.selected + counts.waitlisted }
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
