import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorText } from './error-texts.ts'
import { PLAIN_HEADERS, plainPage } from './plain-answer.ts'
import { spokenId } from './request-id.ts'
import { HTML, viewText } from './views.ts'

type Side = 'both' | 'public' | 'admin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Which pages there are on this listener. */
    side: Side
  }
}

/** The one place where a failure becomes a page. No page ever shows an error's own message. */
export function registerErrorPages(app: FastifyInstance, side: Side): void {
  app.decorate('side', side)
  app.setNotFoundHandler((_request, reply) => errorPage(reply, 404))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = publicStatus(error)
    if (status >= 500) return request.server.failurePage(error, reply)
    request.log.info({ code: error.code, status }, 'request refused')
    return errorPage(reply, status)
  })
}

export function errorPage(reply: FastifyReply, status: number): FastifyReply {
  // The address may nearly be one that opens something: nothing that the page asks for is told where it was asked from.
  reply.code(status).headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  try {
    const { request } = reply
    const side = sideOf(request)
    const [heading, message] = errorText(status, side)
    const model = { heading, message, status, side, id: spokenId(request.id) }
    return reply.type(HTML).send(viewText(request.server, 'error', model, request.site))
  } catch (error) {
    reply.log.error({ err: error }, 'the error page failed')
    return reply.headers(PLAIN_HEADERS).send(plainPage(status, reply.request.id))
  }
}

/** An officer who failed stays among the officers' pages; where one side has a listener of its own there is no other. */
export function sideOf({ url, server }: FastifyRequest): 'public' | 'admin' {
  if (server.side !== 'both') return server.side
  return /^\/admin(?:[/?]|$)/.test(url) ? 'admin' : 'public'
}

export function publicStatus(error: unknown): number {
  const status = (error as Partial<FastifyError>).statusCode ?? 500
  return status >= 400 && status < 600 ? status : 500
}
