import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LOGIN_PATTERN } from '../../domain/record/staff.ts'
import { hashPassword, verifyPassword } from '../../office/password.ts'
import { readLogin } from '../../office/users.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOrNull, startSession } from './officer.ts'
import { sessionCookie } from './session.ts'
import { tryLimit } from './try-limit.ts'

interface LoginModel {
  errorSummary: ErrorLine[]
  login: string
  next: string
  error: string | null
  /** Something typed waits to be sent after the login. */
  unsent: boolean
  /** Nobody may log in yet. */
  isNobodyHere: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/session/login': LoginModel
  }
}

export async function loginRoutes(app: FastifyInstance, options: AdminOptions): Promise<void> {
  const { stores, now } = options
  const limit = tryLimit(now)
  // An unknown login costs the same time as a wrong password.
  const nobodysHash = await hashPassword(randomUUID())
  const open = { config: { open: true } }
  // Every visit of the login page is a row until it is pruned.
  const limited = { config: { open: true, rateLimit: { max: 300, timeWindow: 60_000 } } }

  app.get('/login', limited, async (request, reply) => {
    if (options.https && request.protocol !== 'https')
      request.log.warn('reached by http: without TRUST_PROXY no session cookie is set and nobody can log in')
    const next = localPath(fieldsOf(request.query).get('next'))
    if (officerOrNull(request)) return reply.redirect(next, 303)
    return loginPage(reply, options, { login: '', next, error: null })
  })

  app.post('/login', open, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const login = readLogin(fields.get('login'))
    const next = localPath(fields.get('next'))
    if (!limit.take(request.ip, login)) return refusal(reply, 'too-many-logins')
    const user = stores.staff.byLogin(login)
    const matches = await verifyPassword(user?.passwordHash ?? nobodysHash, fields.get('password'))
    if (!user || !matches) {
      record(request, options, 'login.failed', login)
      return loginPage(reply.code(422), options, { login, next, error: WRONG })
    }
    limit.succeeded(request.ip, login)
    stores.sessions.prune()
    await startSession(request, user, now())
    record(request, options, 'login.succeeded', login)
    return reply.redirect(user.mustChangePassword ? '/admin/password' : next, 303)
  })

  app.post('/logout', open, async (request, reply) => {
    const officer = officerOrNull(request)
    if (officer) record(request, options, 'logout', officer.login)
    await request.session.destroy()
    // The session plugin clears nothing of a session that is gone.
    return reply
      .clearCookie(sessionCookie(options.https, options), {
        path: '/admin',
        secure: options.https,
        httpOnly: true,
      })
      .redirect('/admin/login', 303)
  })
}

const WRONG = 'ログイン名またはパスワードが正しくありません。入力し直してください。'

function loginPage(
  reply: FastifyReply,
  { stores }: AdminOptions,
  model: Omit<LoginModel, 'unsent' | 'errorSummary' | 'isNobodyHere'>,
): FastifyReply {
  return adminPage(reply, 'admin/session/login', {
    ...model,
    errorSummary: errorLines({ login: model.error }),
    unsent: reply.request.session.unsent !== undefined,
    isNobodyHere: stores.staff.isNobodyHere(),
  })
}

/** What is no possible login is not written down: people type passwords into the wrong field. */
function record({ ip }: FastifyRequest, { stores, now }: AdminOptions, action: string, login: string): void {
  const subject = LOGIN_PATTERN.test(login) ? login : '(不明)'
  const actor = action === 'login.failed' ? 'system' : subject
  stores.audit.append({ at: now(), actor, action, subject, detail: { address: ip } })
}

/**
 * Where to go after the login: a path of the officers' side, never another site.
 * @returns path and query as a browser would resolve them, or /admin for anything else
 */
export function localPath(text: string): string {
  if (!/^\/(?![/\\])/.test(text)) return HOME
  const url = URL.parse(text, ORIGIN)
  if (url?.origin !== ORIGIN || !/^\/admin(\/|$)/.test(url.pathname)) return HOME
  return NOT_AFTER_LOGIN.has(url.pathname) ? HOME : url.pathname + url.search
}

const HOME = '/admin'
const ORIGIN = 'http://local.invalid'
const NOT_AFTER_LOGIN = new Set(['/admin/login', '/admin/logout'])
