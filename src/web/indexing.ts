import type { FastifyInstance, onRequestHookHandler, RouteOptions } from 'fastify'

/**
 * What search engines may list: the pages that tell everybody about the survey, each with a description of its own.
 * All else is kept out by default: a receipt's or a link's address is its key, and must not stand in any list.
 */
export const OPEN_TO_SEARCH: ReadonlySet<string> = new Set([
  '/',
  '/qa',
  '/privacy',
  '/accessibility',
  '/survey',
  '/receipts',
  '/selection',
])

declare module 'fastify' {
  interface FastifyRequest {
    /** It met one of these. */
    isOpenToSearch: boolean
  }
}

/**
 * Tells search engines so, in every reply. robots.txt names no receipt and no link: an engine that may not fetch a page
 * does not see that the page asks to be left out, and can list its address from elsewhere.
 */
export function registerIndexing(app: FastifyInstance, side: 'both' | 'public' | 'admin'): void {
  app.decorateRequest('isOpenToSearch', false)
  app.addHook('onRoute', (route) => {
    if (isOpenToSearch(route)) route.onRequest = [openToSearch, route.onRequest ?? []].flat()
  })
  // What is refused at an open address is kept out as all else. That it reads as before is not: a cache has what it
  // keeps say from then on whatever the 304 says.
  app.addHook('onSend', ({ isOpenToSearch }, reply, _payload, done) => {
    if (!isOpenToSearch || !READ.has(reply.statusCode)) reply.header('x-robots-tag', 'noindex')
    done()
  })
  const closed = { both: 'Disallow: /admin', public: 'Disallow:', admin: 'Disallow: /' }[side]
  app.get('/robots.txt', (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(`User-agent: *\n${closed}\n`),
  )
}

const READ: ReadonlySet<number> = new Set([200, 304])

function isOpenToSearch({ method, url }: RouteOptions): boolean {
  return OPEN_TO_SEARCH.has(url) && [method].flat().every((each) => each === 'GET' || each === 'HEAD')
}

const openToSearch: onRequestHookHandler = (request, _reply, done) => {
  request.isOpenToSearch = true
  done()
}
