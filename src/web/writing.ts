import type { FastifyInstance, FastifyRequest, onSendHookHandler, RouteOptions } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A form that is only looked at: it waits for nobody's lock. */
    storesNothing?: boolean
  }
}

/** As far as the pages have to know of it. */
interface Writing {
  writable(isGivenUp: () => boolean): Promise<void>
  check(): void
}

/**
 * Before whatever writes: the wait for another program's lock, in which every other page is answered. After it: whether
 * what was written is in the file that lies at its place, else nobody is told that it was. Last of all that comes before
 * the handler, so that what is refused anyhow is refused at once.
 */
export function registerWriting(app: FastifyInstance, database: Writing): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  const awaitLock = async () => database.writable(() => isClosing)
  const checkWritten: onSendHookHandler = (_request, reply, _payload, done) => {
    if (reply.statusCode < 400) database.check()
    done()
  }
  app.addHook('onRoute', (route) => {
    if (!isWriting(route)) return
    route.preHandler = [route.preHandler ?? [], awaitLock].flat()
    route.onSend = [route.onSend ?? [], checkWritten].flat()
  })
}

/** Whether a request asks for more than to be shown something. */
export function isUnsafe({ method }: Pick<FastifyRequest, 'method'>): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}

function isWriting({ method, url, config }: Pick<RouteOptions, 'method' | 'url' | 'config'>): boolean {
  if (config?.storesNothing) return false
  return TAKEN_AWAY.test(url) || [method].flat().some((each) => isUnsafe({ method: each }))
}

/** Who takes a file away is written down. */
const TAKEN_AWAY = /\.(?:csv|xlsx|json|zip|db)$/
