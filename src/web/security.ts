import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorPage } from './errors.ts'

/** Nothing is loaded from outside, nothing runs inline, nobody frames a page. */
export async function registerSecurityHeaders(
  app: FastifyInstance,
  { https }: { https: boolean },
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        // No script of ours asks for anything; who checks a page from within it reads its robots.txt.
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // `no-referrer` makes browsers send `Origin: null` with our own forms: it is for pages of a secret address.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The address itself opens something, and nobody guesses it. */
    hasSecretAddress?: boolean
  }
}

/** For routes whose address opens something: from their pages no browser tells it to anybody, not to us either. */
export function keepAddressSecret(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, hasSecretAddress: true }
  })
  app.addHook('onRequest', async (_request, reply) => void reply.header('referrer-policy', 'no-referrer'))
}

/** Refuses a POST that another site's page made a browser send. Clients that send neither header are no browsers. */
export async function refuseCrossSite(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined
  return isCrossSite(request) ? errorPage(reply, 403) : undefined
}

/** Whether the page of another site made the browser ask. */
export function isCrossSite({ headers, host, routeOptions }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin } = headers
  // From a page without referrer, in a browser of before that header. Another site cannot know the address.
  if (origin === 'null' && routeOptions.config.hasSecretAddress) return false
  return origin !== undefined && URL.parse(origin)?.host !== host
}
