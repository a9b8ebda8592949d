import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { mayActAs, type Role } from '../../domain/record/staff.ts'
import { refuseCrossSite } from '../../web/security.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { readUpload } from '../upload.ts'
import { heldBack, officerOf, recogniseOfficer } from './officer.ts'
import { hadSession } from './session.ts'
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
    /** May be used before the second factor is set up that the own role asks for. */
    withoutSecondFactor?: boolean
    /** Asks for the password again where it was not given lately; what was sent is kept meanwhile. */
    proven?: boolean
  }
}

/** So long a password that was given counts. */
export const PROVEN_FOR = 15 * 60 * 1000
/** Larger forms are not kept for somebody who has not logged in. */
const KEPT_OF_STRANGERS = 20_000
/** Some six megabytes at most, gone within an hour. */
const MOST_STRANGERS = 300

/** In front of every route of the officers' side, in this order. */
export function registerGuard(
  app: FastifyInstance,
  { stores, now }: Pick<AdminOptions, 'stores' | 'now'>,
): void {
  const limit = tryLimit(now)

  /** What is put aside for somebody unknown takes room: a few forms an address, and so many in all. */
  function afterLogin(request: FastifyRequest): string {
    if (!isUnsafe(request)) return request.url
    const hasRoom = () => limit.take(request.ip) && stores.sessions.strangers() < MOST_STRANGERS
    return hasRoom() && keepUnsent(request, KEPT_OF_STRANGERS) ? '/admin/resend' : '/admin'
  }

  function toLogin(request: FastifyRequest): string {
    const path = `/admin/login?next=${encodeURIComponent(afterLogin(request))}`
    return isUnsafe(request) || !hadSession(request) ? path : `${path}&ended=yes`
  }

  function isProven({ session }: FastifyRequest): boolean {
    return now().getTime() - session.staff!.provenAt < PROVEN_FOR
  }

  /** On the way to a page, or with everything that was sent. */
  async function askForProof(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    if (!request.routeOptions.config.proven || isProven(request)) return undefined
    if (isUnsafe(request)) keepUnsent(request, Number.POSITIVE_INFINITY, 'proof')
    const next = isUnsafe(request) ? '/admin/resend' : request.url
    return reply.redirect(`/admin/proof?next=${encodeURIComponent(next)}`, 303)
  }

  app.addHook('onRoute', refuseUnguarded)
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  app.addHook('onRequest', refuseHead)
  app.head('/*', { config: { open: true } }, refuseHead)
  // preValidation and not earlier: a form's token and what was typed are in the body.
  app.addHook('preValidation', refuseCrossSite)
  app.addHook('preValidation', async (request, reply) => {
    const officer = recogniseOfficer(request, stores, now())
    if (officer || request.routeOptions.config.open) return undefined
    return reply.redirect(toLogin(request), 303)
  })
  app.addHook('preValidation', refuseWithoutRight)
  // A file is read from nobody who may not bring it; the token stands in the same form.
  app.addHook('preValidation', readUpload)
  app.addHook('preValidation', (request, reply, done) =>
    isUnsafe(request) ? app.csrfProtection(request, reply, done) : done(),
  )
  app.addHook('preHandler', askForProof)
  app.addHook('preHandler', async (request) => {
    if (isUnsafe(request)) forgetSent(request)
  })
}

/** A route that says nothing about who may use it, or an act about nobody knows what, must not come into being. */
function refuseUnguarded({ method, url, config }: RouteOptions): void {
  if (!config?.open && !config?.role) throw new Error(`${method} ${url} does not say who may use it`)
  if (config.proven && [method].flat().includes('POST') && config.act === undefined)
    throw new Error(`${method} ${url} has no name by which it could be sent again`)
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
  const { open, role, withFirstPassword, withoutSecondFactor } = request.routeOptions.config
  if (open) return undefined
  const officer = officerOf(request)
  const held = heldBack(request)
  if (held === 'password' && !withFirstPassword) return reply.redirect('/admin/password', 303)
  if (held === 'second-factor' && !withoutSecondFactor)
    return reply.redirect('/admin/account/second-factor', 303)
  // Without a role it is no route at all, but the page that says so.
  if (mayActAs(officer.role, role ?? 'viewer')) return undefined
  request.log.warn({ login: officer.login }, 'refused for want of a right')
  return refusal(reply, 'no-right')
}

function isUnsafe({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}
