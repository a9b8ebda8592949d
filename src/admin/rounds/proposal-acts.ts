import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Proposal } from '../../db/proposals.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { archiveFileOf } from '../../office/rounds/archive.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { type ProposalModel, proposalModel } from './proposal-page.ts'
import { proposalOf } from './round-of.ts'

/** 決裁, 差戻し, 取下げ. */
export type ProposalAct = 'approve' | 'return' | 'withdraw'

export interface ProposalActModel {
  act: ProposalAct
  proposal: ProposalModel
  acknowledged: boolean
  reason: string
  error: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/proposal-act': ProposalActModel
  }
}

interface Identified {
  Params: { id: string }
}

const ACTS: readonly { act: ProposalAct; name: string }[] = [
  { act: 'approve', name: '決裁' },
  { act: 'return', name: '起案の差戻し' },
  { act: 'withdraw', name: '起案の取下げ' },
]

/** Settling a proposal: each act on its own page, with its consequences. */
export function proposalActRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores } = options
  for (const { act, name } of ACTS) {
    const forOfficers = { config: { role: 'officer', act: name } } as const
    app.get<Identified>(`/proposals/:id/${act}`, forOfficers, async ({ params }, reply) => {
      const proposal = proposalOf(stores, params.id)
      return refused(reply, proposal, act) ?? show(options, reply, proposal!, act)
    })
    app.post<Identified>(`/proposals/:id/${act}`, forOfficers, async ({ params }, reply) => {
      const proposal = proposalOf(stores, params.id)
      const answer = refused(reply, proposal, act)
      if (answer) return answer
      return act === 'approve' ? approve(options, reply, proposal!) : close(options, reply, proposal!, act)
    })
  }
}

/** Not there; settled already: its page says by whom; or not for this officer to do. */
function refused(reply: FastifyReply, proposal: Proposal | null, act: ProposalAct): FastifyReply | null {
  if (!proposal) return refusal(reply, 'not-found')
  if (proposal.state !== 'open') return reply.redirect(`/admin/proposals/${proposal.id}`, 303)
  const isOwn = proposal.proposedBy === officerOf(reply.request).login
  if (isOwn === (act === 'withdraw')) return null
  return refusal(reply, isOwn ? 'own-proposal' : 'others-proposal')
}

function show(
  { stores }: AdminOptions,
  reply: FastifyReply,
  proposal: Proposal,
  act: ProposalAct,
  typed: Partial<Pick<ProposalActModel, 'reason' | 'acknowledged' | 'error'>> = {},
): FastifyReply {
  const { login } = officerOf(reply.request)
  return adminPage(reply, 'admin/rounds/proposal-act', {
    act,
    proposal: proposalModel(stores, proposal, { login, mayWork: true }),
    acknowledged: false,
    reason: '',
    error: null,
    ...typed,
  })
}

function approve(options: AdminOptions, reply: FastifyReply, proposal: Proposal): FastifyReply {
  const { stores, now } = options
  if (fieldsOf(reply.request.body).get('acknowledged') !== 'yes') {
    const error = '起案の内容を確認したうえで、チェックを入れてください。'
    return show(options, reply.code(422), proposal, 'approve', { error })
  }
  const { login: actor } = officerOf(reply.request)
  const by = { actor, at: now() }
  const proposed = { actor: proposal.proposedBy, at: proposal.proposedAt }
  const edition = { ...proposal, files: stores.proposals.files(proposal), follows: stores.rounds.last() }
  const archive = archiveFileOf(stores, edition, { proposed, confirmed: by })
  const outcome = stores.proposals.approve(proposal.id, archive, by)
  const page = outcome === 'approved' ? `rounds/${proposal.number}` : `proposals/${proposal.id}`
  return reply.redirect(`/admin/${page}`, 303)
}

function close(
  options: AdminOptions,
  reply: FastifyReply,
  proposal: Proposal,
  act: 'return' | 'withdraw',
): FastifyReply {
  const { stores, now } = options
  const { login: actor } = officerOf(reply.request)
  const reason = fieldsOf(reply.request.body).get('reason')
  const parsed = parseReason(reason)
  if (!parsed.ok) {
    const what = act === 'return' ? '差し戻す' : '取り下げる'
    return show(options, reply.code(422), proposal, act, { reason, error: `${what}${parsed.message}` })
  }
  const state = act === 'return' ? 'returned' : 'withdrawn'
  stores.proposals.close(proposal.id, state, { actor, at: now(), reason: parsed.reason })
  return reply.redirect(`/admin/proposals/${proposal.id}`, 303)
}
