import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { type VerificationText, verifyEdition } from '../../office/rounds/verify.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import {
  type Identified,
  PROPOSAL_ADDRESS,
  proposalAt,
  ROUND_ADDRESSES,
  type RoundAddress,
  roundAt,
} from './address.ts'
import { approvalRoutes } from './approval.ts'
import { confirmRoutes } from './confirm.ts'
import { declineRoutes } from './decline.ts'
import { EDITION_PATHS, sendEditionFile } from './files.ts'
import { roundListRoutes } from './list.ts'
import { paperRoutes } from './paper.ts'
import { preflightRoutes } from './preflight.ts'
import { proposalActRoutes, proposalPage } from './proposal.ts'
import { reasonFileRoutes } from './reasons.ts'
import { roundPage } from './round.ts'
import { verifyPageRoutes } from './verify-page.ts'

/** 起案, 決裁, 確定, and what becomes of a confirmed selection. */
export function roundRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  confirmRoutes(app, options, readDraft)
  proposalActRoutes(app, options)
  roundListRoutes(app, options)
  editionRoutes(app, options)
  declineRoutes(app, options, readDraft)
  approvalRoutes(app, options)
  paperRoutes(app, options, readDraft)
  reasonFileRoutes(app, options, readDraft)
  preflightRoutes(app, options, readDraft)
  verifyPageRoutes(app)
}

/** Whoever reads a round may have it recomputed. */
const toVerify = { config: { role: 'viewer', act: '検証' } } as const

/** Editions, proposed and confirmed, with the very files that were frozen. */
function editionRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores } = options
  for (const address of ROUND_ADDRESSES) {
    app.get<RoundAddress>(address, forReaders, async ({ params }, reply) => {
      const round = roundAt(stores, params)
      return round
        ? roundPage(reply, options, round, takeVerification(reply.request, round))
        : refusal(reply, 'not-found')
    })
    app.post<RoundAddress>(`${address}/verify`, toVerify, async ({ params }, reply) => {
      const round = roundAt(stores, params)
      return round ? verify(reply, options, round) : refusal(reply, 'not-found')
    })
    for (const path of EDITION_PATHS)
      app.get<RoundAddress>(`${address}/${path}`, forReaders, async ({ params }, reply) =>
        sendEditionFile(reply, options, { edition: roundAt(stores, params), path, isProposal: false }),
      )
  }
  app.get<Identified>(PROPOSAL_ADDRESS, forReaders, async ({ params }, reply) => {
    const proposal = proposalAt(stores, params.id)
    return proposal ? proposalPage(reply, stores, proposal) : refusal(reply, 'not-found')
  })
  for (const path of EDITION_PATHS)
    app.get<Identified>(`${PROPOSAL_ADDRESS}/${path}`, forReaders, async ({ params }, reply) =>
      sendEditionFile(reply, options, { edition: proposalAt(stores, params.id), path, isProposal: true }),
    )
}

function verify(reply: FastifyReply, { stores, now }: AdminOptions, round: ConfirmedEdition): FastifyReply {
  const { request } = reply
  const verification = verifyEdition(stores, round)
  const { ok, text } = verification
  stores.audit.append({
    at: now(),
    actor: officerOf(request).login,
    action: 'round.verified',
    subject: `round ${round.number}`,
    detail: { edition: round.edition, ok, text },
  })
  request.session.verification = { ...verification, round: round.id }
  return reply.redirect(request.url.split('?')[0]!.replace(/\/verify$/, ''), 303)
}

/** What was found is told once: the page that is read again later says nothing of a recomputation. */
function takeVerification({ session }: FastifyRequest, round: ConfirmedEdition): VerificationText | null {
  const { verification } = session
  if (verification?.round !== round.id) return null
  delete session.verification
  return verification
}
