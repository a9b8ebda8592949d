import type { Stores } from '../../db/stores.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { Draft } from './draft.ts'

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

export function selectionStatus({ editions }: Stores, { snapshot }: Draft): SelectionStatus {
  const last = editions.newest().at(-1)
  const open = editions.open()
  return {
    preparing: roundLabel(snapshot.round),
    isAdditional: snapshot.round > 1,
    seatsLeft: snapshot.policy.bands.reduce((sum, { seats }) => sum + seats, 0),
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
