import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { errorPage } from './errors.ts'

/** What is counted of requests, and how all that is counted is told. */
export interface Counting {
  /** @param route as it is registered; never the address */
  answered(answer: { method: string; route: string; status: number; seconds: number }): void
  /** A connection whose request never became one, or that was ended. */
  refused(status: number): void
  exposition(): Promise<{ type: string; text: string }>
}

const uncounted = new WeakSet<IncomingMessage>()

/** Handed over to a rehearsal: it is nothing that the survey answered. */
export function leaveUncounted(request: IncomingMessage): void {
  uncounted.add(request)
}

export function registerCounting(app: FastifyInstance, counting: Counting): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (!uncounted.has(request.raw))
      counting.answered({
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        seconds: reply.elapsedTime / 1000,
      })
    done()
  })
}

/** Among the officers' addresses, so that whatever keeps strangers from those keeps them from this one as well. */
export function registerMetrics(app: FastifyInstance, counting: Counting, token: string): void {
  const right = hashOf(token)
  app.get('/admin/metrics', async ({ headers }, reply) => {
    if (!timingSafeEqual(hashOf(bearerOf(headers.authorization)), right))
      return errorPage(reply.header('www-authenticate', 'Bearer'), 401)
    const { type, text } = await counting.exposition()
    return reply.type(type).header('cache-control', 'no-store').send(text)
  })
}

/** However the scheme is written; '' where there is none of it. */
function bearerOf(authorization = ''): string {
  return /^bearer +(.*)$/i.exec(authorization)?.[1] ?? ''
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}
