import type { FastifyInstance } from 'fastify'
import type { Connections } from './connections.ts'
import { errorPage } from './errors.ts'
import type { ConnectionLimits } from './limits.ts'
import { RETRY_AFTER } from './plain-answer.ts'

/**
 * How a listener ends. What has come is answered; what still comes over open connections is told that it is not stored; and
 * after a while everything is cut, so that nobody keeps the program from ending.
 */
export function registerClosing(
  app: FastifyInstance,
  connections: Connections,
  limits: Pick<ConnectionLimits, 'farewell' | 'end'>,
): void {
  let isClosing = false
  app.addHook('onRequest', (_request, reply, done) => {
    if (!isClosing) return done()
    errorPage(reply.header('retry-after', RETRY_AFTER), 503)
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close')
    done()
  })
  app.addHook('preClose', async () => {
    isClosing = true
    if (!app.server.listening) return
    const { server } = app
    const timers = [
      setTimeout(() => connections.endHalfSent(), limits.end - FOR_THE_LAST),
      setTimeout(() => server.closeAllConnections(), limits.end),
    ]
    await farewell(connections, limits.farewell)
    timers.push(setInterval(() => server.closeIdleConnections(), STEP))
    server.once('close', () => {
      for (const timer of timers) clearTimeout(timer)
    })
  })
}

/** For a moment connections stay open on which nothing is asked: whoever is just sending something is told so, not cut off. */
async function farewell(connections: Connections, longest: number): Promise<void> {
  for (let waited = 0; waited < longest && connections.size() > 0; waited += STEP)
    await new Promise((resolve) => setTimeout(resolve, STEP))
}

const STEP = 20
/** Milliseconds in which the last word leaves. */
const FOR_THE_LAST = 300
