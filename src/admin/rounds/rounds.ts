import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type EditionState, editionLabel, PROPOSAL_STATES } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { type RoundSummary, roundSummaries } from '../../office/rounds/summaries.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { proposalHref } from './address.ts'

export interface RoundsModel {
  rounds: RoundSummary[]
  proposals: ProposalSummary[]
}

export interface ProposalSummary {
  href: string
  label: string
  state: EditionState
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
  app.get('/rounds', forReaders, async (_request, reply) =>
    adminPage(reply, 'admin/rounds/list', {
      rounds: roundSummaries(stores, frozenOf),
      proposals: proposalSummaries(stores),
    }),
  )
}

function proposalSummaries(stores: Stores): ProposalSummary[] {
  const nameOf = officerNames(stores)
  return stores.editions.proposals().map(({ proposal, number, edition, state, proposed }) => ({
    href: proposalHref(proposal),
    label: editionLabel(number, edition),
    state,
    stateLabel: labelOf(PROPOSAL_STATES, state),
    proposed: `${dateTimeText(proposed.at)}　${nameOf(proposed.actor)}`,
  }))
}
