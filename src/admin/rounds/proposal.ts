import type { FastifyInstance, FastifyReply } from 'fastify'
import type { OpenEdition, ProposedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { EDITION_KINDS, type EditionState, editionLabel, PROPOSAL_STATES } from '../../domain/record/round.ts'
import { mayActAs } from '../../domain/record/staff.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { approveProposal } from '../../office/rounds/settle.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { editionHref, type Identified, proposalAt, proposalHref } from './address.ts'
import { leadTo, takeDecided } from './done.ts'
import { type EditionModel, editionModel, settledText } from './edition.ts'

interface ProposalModel extends EditionModel {
  label: string
  /** The places of an 追加選定 begin with 1 again. */
  isAdditional: boolean
  kindLabel: string
  state: EditionState
  stateLabel: string
  /** Who settled it, when and why; null while it is open. */
  closed: { text: string; reason: string | null } | null
  /** What was done to it just now. */
  done: { heading: string; text: string } | null
  /** The round that it became. */
  round: string | null
  /** May be settled by whoever looks at it: their own they can only withdraw. */
  mayApprove: boolean
  mayWithdraw: boolean
}

/** 決裁, 差戻し, 取下げ. */
type ProposalAct = 'approve' | 'return' | 'withdraw'

interface ProposalActModel {
  act: ProposalAct
  proposal: ProposalModel
  acknowledged: boolean
  reason: string
  error: string | null
  errorSummary: ErrorLine[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/proposal': ProposalModel
    'admin/rounds/proposal-act': ProposalActModel
  }
}

const ACTS: readonly { act: ProposalAct; name: string }[] = [
  { act: 'approve', name: '決裁' },
  { act: 'return', name: '起案の差戻し' },
  { act: 'withdraw', name: '起案の取下げ' },
]

/** What was proposed, and what became of it. */
export function proposalPage(reply: FastifyReply, stores: Stores, proposal: ProposedEdition): FastifyReply {
  const model = proposalModel(reply, stores, proposal)
  const done = takeDecided(reply.request) ? DONE[proposal.state] : null
  return adminPage(reply, 'admin/rounds/proposal', { ...model, done })
}

/** What was done, and what comes next. */
const DONE: Record<EditionState, { heading: string; text: string } | null> = {
  open: {
    heading: '起案しました',
    text: 'ほかの担当者または管理者が内容を確認し、決裁すると確定します。次は、決裁する人にこのページを知らせてください。',
  },
  confirmed: null,
  returned: {
    heading: '起案を差し戻しました',
    text: 'この起案は確定していません。起案した人に理由を伝え、選定案を直してから、改めて起案してください。',
  },
  withdrawn: {
    heading: '起案を取り下げました',
    text: 'この起案は確定していません。選定案を直してから、改めて起案できます。',
  },
}

/** Settling a proposal: each act on its own page, with its consequences. */
export function proposalActRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores } = options
  for (const { act, name } of ACTS) {
    const forOfficers = { config: { role: 'officer', act: name, proven: true } } as const
    app.get<Identified>(`/proposals/:id/${act}`, forOfficers, async ({ params }, reply) => {
      const proposal = openOne(reply, proposalAt(stores, params.id), act)
      return proposal.ok ? actPage(reply, stores, proposal.open, act) : proposal.answer
    })
    app.post<Identified>(`/proposals/:id/${act}`, forOfficers, async ({ params }, reply) => {
      const proposal = openOne(reply, proposalAt(stores, params.id), act)
      if (!proposal.ok) return proposal.answer
      return act === 'approve'
        ? approve(options, reply, proposal.open)
        : close(options, reply, proposal.open, act)
    })
  }
}

/** Not there; settled already: its page says by whom; or not for this officer to do. */
function openOne(
  reply: FastifyReply,
  proposal: ProposedEdition | null,
  act: ProposalAct,
): { ok: true; open: OpenEdition } | { ok: false; answer: FastifyReply } {
  if (!proposal) return { ok: false, answer: refusal(reply, 'not-found') }
  if (proposal.state !== 'open')
    return { ok: false, answer: reply.redirect(proposalHref(proposal.proposal), 303) }
  const isOwn = proposal.proposed.actor === officerOf(reply.request).login
  if (isOwn === (act === 'withdraw')) return { ok: true, open: proposal }
  return { ok: false, answer: refusal(reply, isOwn ? 'own-proposal' : 'others-proposal') }
}

function actPage(
  reply: FastifyReply,
  stores: Stores,
  proposal: OpenEdition,
  act: ProposalAct,
  typed: Partial<Pick<ProposalActModel, 'reason' | 'acknowledged' | 'error'>> = {},
): FastifyReply {
  const model = proposalModel(reply, stores, proposal)
  const blank = { acknowledged: false, reason: '', error: null }
  const errorSummary = errorLines({ [act === 'approve' ? 'acknowledged' : 'reason']: typed.error })
  return adminPage(reply, 'admin/rounds/proposal-act', {
    act,
    proposal: model,
    ...blank,
    ...typed,
    errorSummary,
  })
}

async function approve(
  { stores, now }: AdminOptions,
  reply: FastifyReply,
  proposal: OpenEdition,
): Promise<FastifyReply> {
  if (fieldsOf(reply.request.body).get('acknowledged') !== 'yes') {
    const error = '起案の内容を確認した上で、チェックを入れてください。'
    return actPage(reply.code(422), stores, proposal, 'approve', { error })
  }
  const by = { actor: officerOf(reply.request).login, at: now() }
  const isApproved = (await approveProposal(stores, proposal, by)) === 'approved'
  return isApproved
    ? leadTo(reply, `/admin/rounds/${proposal.number}`)
    : reply.redirect(proposalHref(proposal.proposal), 303)
}

function close(
  { stores, now }: AdminOptions,
  reply: FastifyReply,
  proposal: OpenEdition,
  act: 'return' | 'withdraw',
): FastifyReply {
  const reason = fieldsOf(reply.request.body).get('reason')
  const parsed = parseReason(reason)
  if (!parsed.ok) {
    const error = `${act === 'return' ? '差し戻す' : '取り下げる'}${parsed.message}`
    return actPage(reply.code(422), stores, proposal, act, { reason, error })
  }
  const state = act === 'return' ? 'returned' : 'withdrawn'
  const by = { actor: officerOf(reply.request).login, at: now(), reason: parsed.reason }
  stores.editions.close(proposal.proposal, state, by)
  return leadTo(reply, proposalHref(proposal.proposal))
}

function proposalModel({ request }: FastifyReply, stores: Stores, proposal: ProposedEdition): ProposalModel {
  const { number, edition, kind, state, proposed, settled } = proposal
  const { login, role } = officerOf(request)
  const maySettle = state === 'open' && mayActAs(role, 'officer')
  const isOwn = proposed.actor === login
  const text = settledText(stores, proposal)
  return {
    ...editionModel(stores, proposal, {
      base: proposalHref(proposal.proposal),
      isCurrent: state === 'open',
    }),
    label: editionLabel(number, edition),
    isAdditional: number > 1,
    kindLabel: labelOf(EDITION_KINDS, kind),
    state,
    stateLabel: labelOf(PROPOSAL_STATES, state),
    closed: text === null ? null : { text, reason: settled?.reason ?? null },
    done: null,
    round: state === 'confirmed' ? editionHref(stores, proposal) : null,
    mayApprove: maySettle && !isOwn,
    mayWithdraw: maySettle && isOwn,
  }
}
