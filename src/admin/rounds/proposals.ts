import type { FastifyInstance, FastifyReply } from 'fastify'
import { mayActAs } from '../../domain/record/staff.ts'
import { forReaders } from '../access.ts'
import { sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { proposalActRoutes } from './proposal-acts.ts'
import { type ProposalModel, proposalModel } from './proposal-page.ts'
import { downloadOf, frozenFileName, ROUND_PATHS } from './round-downloads.ts'
import { proposalOf } from './round-of.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/proposal': ProposalModel
  }
}

interface Identified {
  Params: { id: string }
}

/** 起案: what waits for its second person, with the very files that would be confirmed. */
export function proposalRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options

  app.get<Identified>('/proposals/:id', forReaders, async ({ params }, reply) => {
    const proposal = proposalOf(stores, params.id)
    if (!proposal) return refusal(reply, 'not-found')
    return adminPage(reply, 'admin/rounds/proposal', proposalModel(stores, proposal, viewerOf(reply)))
  })

  for (const path of ROUND_PATHS)
    app.get<Identified>(`/proposals/:id/${path}`, forReaders, async ({ params, query }, reply) => {
      const proposal = proposalOf(stores, params.id)
      const frozen = proposal && stores.proposals.file(proposal, frozenFileName(path, query))
      if (!proposal || !frozen) return refusal(reply, 'not-found')
      const { login: actor } = officerOf(reply.request)
      const detail = { proposal: proposal.id, file: frozen.name, sha256: frozen.sha256 }
      const subject = `round ${proposal.number}`
      return sendFile(reply, downloadOf(proposal, path, frozen), () =>
        stores.audit.append({ at: now(), actor, action: 'proposal.downloaded', subject, detail }),
      )
    })

  proposalActRoutes(app, options)
}

function viewerOf({ request }: FastifyReply): { login: string; mayWork: boolean } {
  const { login, role } = officerOf(request)
  return { login, mayWork: mayActAs(role, 'officer') }
}
