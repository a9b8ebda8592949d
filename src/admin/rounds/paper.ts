import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Round } from '../../db/rounds.ts'
import { draftFacts } from '../../office/draft/confirmation.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { draftOfQuery } from '../../office/draft/draft-of-query.ts'
import { type FrozenRound, frozenRoundReader } from '../../office/rounds/frozen.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { type PaperModel, type PaperSource, paperModel } from './paper-page.ts'
import { frozenProposal } from './proposal-page.ts'
import { type Numbered, newestRound, proposalOf, roundEdition } from './round-of.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/paper-list': PaperModel
    'admin/rounds/paper-reasons': PaperModel
  }
}

interface Editioned {
  Params: { number: string; edition: string }
}

interface Identified {
  Params: { id: string }
}

/** 起案用: the selection on paper, for the seals, out of the draft, a proposal or a confirmed edition. */
export function paperRoutes(app: FastifyInstance, { stores }: AdminOptions, readDraft: ReadDraft): void {
  const frozenOf = frozenRoundReader(stores)

  for (const [path, view] of [
    ['list', 'admin/rounds/paper-list'],
    ['reasons', 'admin/rounds/paper-reasons'],
  ] as const) {
    const show = (reply: FastifyReply, frozen: FrozenRound, source: PaperSource) =>
      adminPage(reply, view, paperModel(stores, frozen, source))
    const showRound = (reply: FastifyReply, round: Round | null, back: string) =>
      round
        ? show(reply, frozenOf(round), { kind: 'confirmed', edition: round, back })
        : refusal(reply, 'not-found')

    app.get(`/selection/${path}`, forReaders, async (request, reply) => {
      const draft = draftOfQuery(stores, readDraft, fieldsOf(request.query).get('round'))
      const frozen = { ...draftFacts(draft, request.site), checks: [] }
      return show(reply, frozen, {
        kind: 'draft',
        policyVersion: draft.policyVersion,
        back: '/admin/selection',
      })
    })
    app.get<Identified>(`/proposals/:id/${path}`, forReaders, async ({ params }, reply) => {
      const proposal = proposalOf(stores, params.id)
      if (!proposal) return refusal(reply, 'not-found')
      const back = `/admin/proposals/${proposal.id}`
      return show(reply, frozenProposal(stores, proposal), { kind: 'proposed', edition: proposal, back })
    })
    app.get<Numbered>(`/rounds/:number/${path}`, forReaders, async ({ params: { number } }, reply) =>
      showRound(reply, newestRound(stores, number), `/admin/rounds/${number}`),
    )
    app.get<Editioned>(`/rounds/:number/editions/:edition/${path}`, forReaders, async ({ params }, reply) => {
      const { number, edition } = params
      return showRound(
        reply,
        roundEdition(stores, number, edition),
        `/admin/rounds/${number}/editions/${edition}`,
      )
    })
  }
}
