import type { FastifyInstance } from 'fastify'
import type { Stores } from '../db/stores.ts'
import type { ChangeContext } from '../db/submission-versions.ts'
import { registerCompression } from '../web/compression.ts'
import { refuseCrossSite } from '../web/security.ts'
import { answeringRoutes } from './answering.ts'
import { noticeRoutes } from './notice.ts'
import { receiptRoutes } from './receipts.ts'
import { sendingRoutes } from './sending.ts'

export interface SurveyOptions {
  stores: Stores
  now: () => Date
  /** Composes the mail about a stored answer; undefined where no mail is sent. */
  mail: ChangeContext['mail']
}

/** The hospitals' side: open to everyone, no session, no cookie. */
export async function surveySide(app: FastifyInstance, options: SurveyOptions): Promise<void> {
  await registerCompression(app)
  app.addHook('onRequest', refuseCrossSite)
  // `no-store` would make the back button lose what was typed, and a sending its number.
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'private, no-cache'))
  noticeRoutes(app)
  answeringRoutes(app, options.stores)
  sendingRoutes(app, options)
  receiptRoutes(app, options)
}
