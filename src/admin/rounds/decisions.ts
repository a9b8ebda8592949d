import type { FastifyInstance } from 'fastify'
import type { ReadDraft } from '../../office/draft/draft.ts'
import type { AdminOptions } from '../options.ts'
import { confirmRoutes } from './confirm.ts'
import { declineRoutes } from './decline.ts'
import { paperRoutes } from './paper.ts'
import { preflightRoutes } from './preflight-page.ts'
import { proposalRoutes } from './proposals.ts'
import { roundRoutes } from './rounds.ts'
import { roundListRoutes } from './rounds-list.ts'

/** 起案, 決裁, 確定, and what becomes of a confirmed selection. */
export function decisionRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  confirmRoutes(app, options, readDraft)
  proposalRoutes(app, options)
  roundListRoutes(app, options)
  roundRoutes(app, options)
  declineRoutes(app, options, readDraft)
  paperRoutes(app, options, readDraft)
  preflightRoutes(app, options, readDraft)
}
