import type { FastifyInstance } from 'fastify'
import type { Stores } from '../db/stores.ts'
import type { ChangeContext } from '../db/submission-versions.ts'
import { registerCompression } from '../web/compression.ts'
import { refuseCrossSite } from '../web/security.ts'
import { answeringRoutes } from './answer/answering.ts'
import { draftRoutes } from './answer/draft.ts'
import { lateRoutes } from './answer/late.ts'
import { sendingRoutes } from './answer/send.ts'
import { accessibilityRoute } from './notice/accessibility.ts'
import { noticeRoutes } from './notice/notice.ts'
import { receiptRoutes } from './receipt/routes.ts'

export interface SurveyOptions {
  stores: Stores
  now: () => Date
  /** The server's own, at least 32 characters: seals the links that carry an unsent form. */
  secret: string
  /** Where the hospitals' side is reached, without a slash at the end. */
  publicUrl: string
  /** Composes the mail about a stored answer; undefined where no mail is sent. */
  mail: ChangeContext['mail']
}

/** The hospitals' side: open to everyone, no session, no cookie. */
export async function surveySide(app: FastifyInstance, options: SurveyOptions): Promise<void> {
  await registerCompression(app)
  app.addHook('onRequest', refuseCrossSite)
  // `no-store` would make the back button lose what was typed, and a sending its number.
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'private, no-cache'))
  noticeRoutes(app, options)
  accessibilityRoute(app)
  answeringRoutes(app, options)
  draftRoutes(app, options)
  sendingRoutes(app, options)
  receiptRoutes(app, options)
  lateRoutes(app, options)
}
