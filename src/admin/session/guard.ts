import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { mayActAs, type Role } from '../../domain/record/staff.ts'
import { refuseCrossSite } from '../../web/security.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { readUpload } from '../upload.ts'
import { officerOf, recogniseOfficer } from './officer.ts'
import { unknownSubject } from './subject.ts'
import { tryLimit } from './try-limit.ts'
import { forgetSent, keepUnsent } from './unsent.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needs no login. */
    open?: boolean
    /** What an officer must at least be. */
    role?: Role
    /** Names a POST where it is offered to be sent again, e.g. 選定の確定. */
    act?: string
    /** May be used before the first password is changed. */
    withFirstPassword?: boolean
  }
}

/** In front of every route of the officers' side, in this order. */
export function registerGuard(
  app: FastifyInstance,
  { stores, now }: Pick<AdminOptions, 'stores' | 'now'>,
): void {
  const limit = tryLimit(now)

  /** What is put aside for somebody unknown takes room: a few forms an address, no more. */
  function afterLogin(request: FastifyRequest): string {
    if (!isUnsafe(request)) return request.url
    return limit.take(request.ip, 'unsent') && keepUnsent(request) ? '/admin/resend' : '/admin'
  }

  app.addHook('onRoute', refuseUnguarded)
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  app.addHook('onRequest', refuseHead)
  // preValidation and not earlier: a form's token and what was typed are in the body.
  app.addHook('preValidation', refuseCrossSite)
  app.addHook('preValidation', async (request, reply) => {
    const officer = recogniseOfficer(request, stores.staff, now())
    if (officer || request.routeOptions.config.open) return undefined
    return reply.redirect(`/admin/login?next=${encodeURIComponent(afterLogin(request))}`, 303)
  })
  app.addHook('preValidation', refuseWithoutRight)
  // A file is read from nobody who may not bring it; the token stands in the same form.
  app.addHook('preValidation', readUpload)
  app.addHook('preValidation', (request, reply, done) =>
    isUnsafe(request) ? app.csrfProtection(request, reply, done) : done(),
  )
  app.addHook('preHandler', async (request) => {
    if (isUnsafe(request)) forgetSent(request)
  })
}

/** A route that says nothing about who may use it, or an act about nobody knows what, must not come into being. */
function refuseUnguarded({ method, url, config }: RouteOptions): void {
  if (!config?.open && !config?.role) throw new Error(`${method} ${url} does not say who may use it`)
  const unknown = config?.act === undefined ? null : unknownSubject(url)
  if (unknown !== null)
    throw new Error(`${method} ${url}: nobody could be told which of the ${unknown} it is about`)
}

/**
 * Fastify answers HEAD by the handler of GET: a file would stand on the record that nobody has taken away. Whatever
 * is read here is read by GET; what watches the service asks the hospitals' side.
 */
async function refuseHead(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  return request.method === 'HEAD' ? reply.code(405).header('allow', 'GET').send() : undefined
}

async function refuseWithoutRight(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { open, role, withFirstPassword } = request.routeOptions.config
  if (open) return undefined
  const officer = officerOf(request)
  if (officer.mustChangePassword && !withFirstPassword) return reply.redirect('/admin/password', 303)
  // Without a role it is no route at all, but the page that says so.
  return mayActAs(officer.role, role ?? 'viewer') ? undefined : refusal(reply, 'no-right')
}

function isUnsafe({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}
