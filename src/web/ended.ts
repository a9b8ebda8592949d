import type { FastifyInstance } from 'fastify'
import { page } from './views.ts'

/** What is said of a survey whose keeping is over. */
interface EndedModel {
  /** 令和14年4月1日（木）10時 */
  purgedAt: string
  /** 令和14年3月31日（水） */
  retentionUntil: string
  basis: string
  lines: { label: string; rows: number }[]
  record: { count: number; head: string }
}

declare module './views.ts' {
  interface Views {
    ended: EndedModel
  }
}

/** In front of everything: once nothing is kept any more, every address says so, and nothing is taken in. */
export function registerEnd(app: FastifyInstance, ended: () => EndedModel | null): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0]!
    if (STAYS.test(path)) return undefined
    const model = ended()
    if (model === null) return undefined
    const isHome = HOMES.has(path) && (request.method === 'GET' || request.method === 'HEAD')
    return page(reply.code(isHome ? 200 : 410).header('cache-control', 'no-store'), 'ended', model)
  })
}

const STAYS = /^\/(?:assets\/|healthz$|robots\.txt$)/
const HOMES: ReadonlySet<string> = new Set(['/', '/admin'])
