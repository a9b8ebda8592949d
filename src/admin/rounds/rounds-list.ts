import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { labelOf } from '../../domain/answer/questionnaire.ts'
import { editionLabel, PROPOSAL_STATES, type ProposalState } from '../../domain/record/round.ts'
import { bandBoard } from '../../domain/selection/board.ts'
import { dateTimeText } from '../../domain/survey/period.ts'
import { officerNames } from '../../office/officer-names.ts'
import { changesSince, type KnownToday, knownToday } from '../../office/rounds/changes.ts'
import { type FrozenRound, frozenRoundReader } from '../../office/rounds/frozen.ts'
import { adminPage } from '../page.ts'
import type { AdminOptions } from '../plugin.ts'

export interface RoundsModel {
  rounds: RoundSummary[]
  proposals: ProposalSummary[]
}

export interface RoundSummary {
  href: string
  label: string
  confirmedAt: string
  selected: number
  /** Seats that are left of those it had. */
  free: number
  /** Hospitals of which something changed since. */
  changed: number
  /** Of those the selected ones. */
  changedSelected: number
}

export interface ProposalSummary {
  href: string
  label: string
  state: ProposalState
  stateLabel: string
  proposed: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/list': RoundsModel
  }
}

/** What is decided and what waits to be. */
export function roundListRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  const frozenOf = frozenRoundReader(stores)
  app.get('/rounds', async (_request, reply) =>
    adminPage(reply, 'admin/rounds/list', {
      rounds: roundSummaries(stores, frozenOf),
      proposals: proposalSummaries(stores),
    }),
  )
}

/** The newest edition of every round, with what changed since. */
export function roundSummaries(
  stores: Stores,
  frozenOf: ReturnType<typeof frozenRoundReader>,
): RoundSummary[] {
  const newest = stores.rounds.newest()
  const today: KnownToday = newest.length === 0 ? new Map() : knownToday(stores)
  return newest.map((round) => ({
    href: `/admin/rounds/${round.number}`,
    label: editionLabel(round.number, round.edition),
    confirmedAt: dateTimeText(round.confirmedAt),
    ...countsOf(frozenOf(round), today),
  }))
}

function countsOf(frozen: FrozenRound, today: KnownToday) {
  const { total } = bandBoard(frozen.snapshot, frozen.amended)
  const changes = changesSince(frozen, today)
  return {
    selected: total.selected,
    free: Math.max(0, total.seats - total.selected),
    changed: changes.length,
    changedSelected: changes.filter(({ isSelected }) => isSelected).length,
  }
}

function proposalSummaries(stores: Stores): ProposalSummary[] {
  const nameOf = officerNames(stores)
  return stores.proposals.all().map(({ id, number, edition, state, proposedBy, proposedAt }) => ({
    href: `/admin/proposals/${id}`,
    label: editionLabel(number, edition),
    state,
    stateLabel: labelOf(PROPOSAL_STATES, state),
    proposed: `${dateTimeText(proposedAt)}　${nameOf(proposedBy)}`,
  }))
}
