import type { Stores } from '../../db/stores.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import { roundAcceptance } from './acceptance.ts'
import { type ReportState, reportState } from './reported.ts'

/** What still waits for an officer after a confirmation. */
export interface OpenEnds {
  href: string
  label: string
  edition: string
  /** Hospitals that declined, of which no edition was made yet. */
  declined: number
  /** Hospitals that were asked and have said nothing. */
  unanswered: number
  /** Whether the last day for it is over. */
  isOver: boolean
  reported: ReportState
}

/** The newest edition of every round. */
export function openEnds(stores: Stores, now: Date): OpenEnds[] {
  return stores.editions.newest().map((round) => {
    const { request, isOpen, hospitals } = roundAcceptance(stores, round, now)
    const count = (state: string) =>
      request === null ? 0 : hospitals.filter((each) => each.state === state).length
    return {
      href: `/admin/rounds/${round.number}`,
      label: roundLabel(round.number),
      edition: editionLabel(round.number, round.edition),
      declined: count('declined'),
      unanswered: count('unanswered'),
      isOver: request !== null && !isOpen,
      reported: reportState(stores, round),
    }
  })
}
