import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Credential } from '../../db/staff.ts'
import { LOGIN_PATTERN, type Staff } from '../../domain/record/staff.ts'
import type { AdminOptions } from '../options.ts'
import { credentialOf, startSession } from './officer.ts'
import type { throttle } from './throttle.ts'

interface Begun {
  /** Where to go. */
  next: string
  /** The password is one from when fewer characters were enough. */
  isPasswordShort: boolean
}

/** The password was right, and a code is asked for before anything is open. */
export async function awaitCode(
  reply: FastifyReply,
  { login, ...credential }: Staff & Credential,
  { next, isPasswordShort, at }: Begun & { at: Date },
): Promise<FastifyReply> {
  const { session } = reply.request
  await session.regenerate(['unsent'])
  const pending = { login, credential: credentialOf(credential), at: at.getTime(), next, isPasswordShort }
  reply.request.session.pending = pending
  return reply.redirect('/admin/login/code', 303)
}

/** Everything that was asked for was right: the session begins. */
export async function finishLogin(
  reply: FastifyReply,
  options: AdminOptions,
  tries: Pick<ReturnType<typeof throttle>, 'remember'>,
  { user, next, isPasswordShort }: Begun & { user: Staff & Credential },
): Promise<FastifyReply> {
  const { request } = reply
  const { stores, now } = options
  stores.sessions.prune()
  const { last, failures } = stores.loginHistory(user.login)
  const before = { at: last?.at.getTime() ?? null, address: last?.address ?? '', failures }
  await startSession(request, user, now(), { ...(isPasswordShort && { isPasswordShort }), before })
  tries.remember(request, reply, user.login)
  recordLogin(request, options, 'login.succeeded', user.login)
  return reply.redirect(user.mustChangePassword || isPasswordShort ? '/admin/password' : next, 303)
}

/** What is no possible login is not written down: people type passwords into the wrong field. */
export function recordLogin(
  { ip }: FastifyRequest,
  { stores, now }: AdminOptions,
  action: string,
  login: string,
): void {
  const subject = LOGIN_PATTERN.test(login) ? login : '(不明)'
  const actor = BY_ANYBODY.has(action) ? 'system' : subject
  stores.audit.append({ at: now(), actor, action, subject, detail: { address: ip } })
}

/** Nobody knows who it was. */
const BY_ANYBODY = new Set(['login.failed', 'login.code-failed'])
