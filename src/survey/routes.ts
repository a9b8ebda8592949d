import type { FastifyInstance } from 'fastify'
import { registerCompression } from '../web/compression.ts'
import { refuseCrossSite } from '../web/security.ts'
import { answerRoutes } from './answer/routes.ts'
import { invitationRoutes } from './invitation/routes.ts'
import { noticeRoutes } from './notice/notice.ts'
import type { SurveyOptions } from './options.ts'
import { receiptRoutes } from './receipt/routes.ts'
import { typedByHospital } from './typed.ts'

/** The hospitals' side: open to everyone, no session, no cookie. */
export async function surveySide(app: FastifyInstance, options: SurveyOptions): Promise<void> {
  await registerCompression(app)
  app.addHook('onRequest', refuseCrossSite)
  // `no-store` would make the back button lose what was typed, and a sending its number.
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'private, no-cache')
    done()
  })
  app.decorate('typedLines', typedByHospital)
  noticeRoutes(app, options)
  answerRoutes(app, options)
  invitationRoutes(app, options)
  receiptRoutes(app, options)
}
