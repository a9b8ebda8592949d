import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Credential } from '../../db/staff.ts'
import type { Staff } from '../../domain/record/staff.ts'
import { takeCode } from '../../office/second-factor.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { finishLogin, recordLogin } from './finish-login.ts'
import { credentialOf } from './officer.ts'
import { throttle } from './throttle.ts'
import { waitingPage } from './waiting.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/session/code': { error: string | null; errorSummary: ErrorLine[]; unsent: boolean }
  }
}

/** Between the password and the code. */
const LONGEST_WAIT = 10 * 60 * 1000

export const WRONG_CODE =
  '認証コードが正しくありません。認証アプリに表示されている、新しい6桁の数字を入力してください。一度使ったコードは使えません。'

/** The second step of the login: a code of the authenticator app, or one of the spare ones. */
export function codeRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, receiptKey } = options
  const tries = throttle(options)
  const open = { config: { open: true } }

  /** Who is asked for a code; null where nobody is, or no longer. */
  function pendingUser({ session: { pending } }: FastifyRequest): (Staff & Credential) | null {
    if (!pending || now().getTime() - pending.at >= LONGEST_WAIT) return null
    const user = stores.staff.byLogin(pending.login)
    return user && credentialOf(user) === pending.credential ? user : null
  }

  app.get('/login/code', open, async (request, reply) =>
    pendingUser(request) ? codePage(reply) : reply.redirect('/admin/login', 303),
  )

  app.post('/login/code', open, async (request, reply) => {
    const user = pendingUser(request)
    if (!user) return reply.redirect('/admin/login', 303)
    const { login } = user
    const counted = tries.code(request, login)
    if (counted.wait > 0) return waitingPage(reply, counted.wait)
    const typed = fieldsOf(request.body).get('code')
    const outcome = takeCode(stores.secondFactors, typed, { login, at: now(), receiptKey })
    if (outcome === 'wrong') {
      recordLogin(request, options, 'login.code-failed', login)
      return codePage(reply.code(422), WRONG_CODE)
    }
    counted.succeeded()
    const { next, isPasswordShort } = request.session.pending!
    return finishLogin(reply, options, tries, { user, next, isPasswordShort })
  })
}

function codePage(reply: FastifyReply, error: string | null = null): FastifyReply {
  return adminPage(reply, 'admin/session/code', {
    error,
    errorSummary: errorLines({ code: error }),
    unsent: reply.request.session.unsent !== undefined,
  })
}
