import type { FastifyInstance } from 'fastify'
import type { EndedSurvey } from './site.ts'
import { page } from './views.ts'

declare module './views.ts' {
  interface Views {
    ended: EndedSurvey
  }
}

/** In front of everything: once nothing is kept any more, every address says so, and nothing is taken in. */
export function registerEnd(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const path = request.url.split('?', 1)[0]!
    const model = STAYS.test(path) ? null : request.site.ended
    if (model === null) return done()
    const isHome = HOMES.has(path) && (request.method === 'GET' || request.method === 'HEAD')
    page(reply.code(isHome ? 200 : 410).header('cache-control', 'no-store'), 'ended', model)
  })
}

const STAYS = /^\/(?:assets\/|healthz$|robots\.txt$|admin\/metrics$)/
const HOMES: ReadonlySet<string> = new Set(['/', '/admin'])
