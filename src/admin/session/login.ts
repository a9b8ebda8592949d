import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { hashPassword, isTooShort, verifyPassword } from '../../office/password.ts'
import { readLogin } from '../../office/users.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { awaitCode, finishLogin, recordLogin } from './finish-login.ts'
import { localPath } from './next.ts'
import { officerOrNull } from './officer.ts'
import { ownCookie, sessionCookie } from './session.ts'
import { throttle } from './throttle.ts'
import { waitingPage } from './waiting.ts'

interface LoginModel {
  errorSummary: ErrorLine[]
  login: string
  next: string
  error: string | null
  /** Something typed waits to be sent after the login. */
  unsent: boolean
  /** The session that was there before is over. */
  hasEnded: boolean
  /** Nobody may log in yet. */
  isNobodyHere: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/session/login': LoginModel
  }
}

export async function loginRoutes(app: FastifyInstance, options: AdminOptions): Promise<void> {
  const { stores } = options
  const tries = throttle(options)
  // An unknown login costs the same time as a wrong password.
  const nobodysHash = await hashPassword(randomUUID())
  const open = { config: { open: true } }

  app.get('/login', open, async (request, reply) => {
    if (options.https && request.protocol !== 'https')
      request.log.warn('reached by http: without TRUST_PROXY no session cookie is set and nobody can log in')
    const query = fieldsOf(request.query)
    const next = localPath(query.get('next'))
    if (officerOrNull(request)) return reply.redirect(next, 303)
    return loginPage(reply, options, { login: '', next, error: null, hasEnded: query.get('ended') === 'yes' })
  })

  app.post('/login', open, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const login = readLogin(fields.get('login'))
    const password = fields.get('password')
    const next = localPath(fields.get('next'))
    const counted = tries.login(request, login)
    if (counted.wait > 0) return waitingPage(reply, counted.wait)
    const user = stores.staff.byLogin(login)
    const hash = user?.passwordHash ?? nobodysHash
    const matches = await verifyPassword(hash, password, { first: counted.isKnown })
    if (!user || !matches) {
      recordLogin(request, options, 'login.failed', login)
      return loginPage(reply.code(422), options, { login, next, error: WRONG, hasEnded: false })
    }
    counted.succeeded()
    const begun = { next, isPasswordShort: isTooShort(password) }
    return stores.secondFactors.of(login)
      ? awaitCode(reply, user, { ...begun, at: options.now() })
      : finishLogin(reply, options, tries, { ...begun, user })
  })

  app.post('/logout', open, async (request, reply) => {
    const officer = officerOrNull(request)
    if (officer) recordLogin(request, options, 'logout', officer.login)
    await request.session.destroy()
    // The session plugin clears nothing of a session that is gone.
    return reply
      .clearCookie(sessionCookie(options.https, options), ownCookie(options.https))
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
