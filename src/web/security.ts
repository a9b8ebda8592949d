import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorPage } from './errors.ts'
import { securityHeaders } from './headers.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** By which name browsers come, as the settings have it. */
    publicHost: string
  }
}

/** First of all that a request meets. */
export function registerSecurityHeaders(app: FastifyInstance, { publicUrl }: { publicUrl: string }): void {
  const { host, protocol } = new URL(publicUrl)
  const headers = securityHeaders({ https: protocol === 'https:' })
  app.decorate('publicHost', host)
  app.addHook('onRequest', ({ raw, headers: sent }, reply, done) => {
    reply.headers(headers)
    // Node would say so itself, without a word and without headers.
    if (raw.httpVersion === '1.1' && sent.host === undefined) errorPage(reply, 400)
    else done()
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    done()
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
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('referrer-policy', 'no-referrer')
    done()
  })
}

/** Refuses a POST that another site's page made a browser send. Clients that send neither header are no browsers. */
export function refuseCrossSite(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { method } = request
  if (method === 'GET' || method === 'HEAD' || !isCrossSite(request)) done()
  else {
    // Behind a proxy that changes the name every form of ours comes here: whoever runs it has to be able to tell.
    request.log.warn('sent from another site, or Host is not the address in the browser')
    errorPage(reply, 403)
  }
}

/** Whether the page of another site made the browser ask. What contradicts itself comes from no browser of ours. */
export function isCrossSite({ headers, host, server, routeOptions }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  const from = headers.origin === undefined ? null : URL.parse(headers.origin)
  if (site === undefined) {
    // From a page without referrer, in a browser of before that header. Another site cannot know the address.
    if (headers.origin === 'null' && routeOptions.config.hasSecretAddress) return false
    return headers.origin !== undefined && from?.host !== host
  }
  if (site !== 'same-origin' && site !== 'none') return true
  // `null` is what a page says that tells nobody where it is.
  return from !== null && from.host !== host && from.host !== server.publicHost && from.host !== headers.host
}
