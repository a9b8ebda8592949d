import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

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

/**
 * Tells search engines so, in every reply. robots.txt names no receipt and no link: an engine that may not fetch a page
 * does not see that the page asks to be left out, and can list its address from elsewhere.
 */
export function registerIndexing(app: FastifyInstance, side: 'both' | 'public' | 'admin'): void {
  app.addHook('onSend', async (request, reply) => {
    if (!isOpenToSearch(request, reply)) reply.header('x-robots-tag', 'noindex')
  })
  const closed = { both: 'Disallow: /admin', public: 'Disallow:', admin: 'Disallow: /' }[side]
  app.get('/robots.txt', (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(`User-agent: *\n${closed}\n`),
  )
}

function isOpenToSearch({ method, routeOptions }: FastifyRequest, reply: FastifyReply): boolean {
  const isRead = method === 'GET' || method === 'HEAD'
  return isRead && reply.statusCode === 200 && OPEN_TO_SEARCH.has(routeOptions.url ?? '')
}
