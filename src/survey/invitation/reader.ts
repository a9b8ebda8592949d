import type { FastifyRequest } from 'fastify'

/**
 * Whether a link was opened by somebody who reads the form, as far as a request can tell. Programs open links too: mail
 * servers look whether they are safe, chats draw previews, browsers fetch ahead. Most of them ask by HEAD, name
 * themselves, or want no page; one that passes for a browser cannot be told from one, which the officers' page says.
 * Whatever comes by a form is a person's.
 */
export function isOpenedByReader({ method, headers }: FastifyRequest): boolean {
  if (method === 'POST') return true
  if (method !== 'GET') return false
  const header = (name: string) => String(headers[name] ?? '')
  const isFetchedAhead = /prefetch|prerender|preview/i.test(
    `${header('purpose')} ${header('sec-purpose')} ${header('x-purpose')}`,
  )
  const mode = header('sec-fetch-mode')
  const destination = header('sec-fetch-dest')
  const isNavigation =
    (mode === '' || mode === 'navigate') && (destination === '' || destination === 'document')
  return (
    !isFetchedAhead &&
    isNavigation &&
    header('accept').includes('text/html') &&
    /^Mozilla\/5\.0 /.test(header('user-agent')) &&
    !PROGRAMS.test(header('user-agent'))
  )
}

/** What programs that look at links call themselves. */
const PROGRAMS =
  /bot\b|bot\/|crawl|spider|slurp|preview|scan|headless|safelinks|barracuda|proofpoint|mimecast|trendmicro|symantec|facebookexternalhit|skypeuripreview|ms-?office|python|curl|wget|java\//i
