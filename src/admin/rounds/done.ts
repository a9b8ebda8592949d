import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Settled } from '../../office/rounds/settle.ts'
import { settledHref } from './address.ts'

declare module 'fastify' {
  interface Session {
    /** The page of the edition that was decided on last: it says so when it is shown next. */
    decided?: string
  }
}

/** Leads to what was decided, whose page then says what happened. */
export function leadTo(reply: FastifyReply, href: string): FastifyReply {
  reply.request.session.decided = href
  return reply.redirect(href, 303)
}

export function leadToSettled(
  reply: FastifyReply,
  settled: Exclude<Settled, { kind: 'overtaken' }>,
): FastifyReply {
  return leadTo(reply, settledHref(settled))
}

/** Told once: a page that is read again later says nothing of it. */
export function takeDecided({ session, url }: FastifyRequest): boolean {
  if (session.decided === undefined || session.decided !== url.split('?')[0]) return false
  delete session.decided
  return true
}
