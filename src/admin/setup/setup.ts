import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { hashPassword, PASSWORD_HINT, type PasswordOwner, passwordProblem } from '../../office/password.ts'
import { LOGIN_TAKEN, readLogin, readUser, type TypedUser, type UserErrors } from '../../office/users.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { startSession } from '../session/officer.ts'
import { throttle } from '../session/throttle.ts'
import { waitingPage } from '../session/waiting.ts'

type SetupErrors = UserErrors & { password?: string; passwordAgain?: string }

declare module '../page.ts' {
  interface AdminViews {
    'admin/setup/setup': {
      token: string
      typed: Pick<TypedUser, 'login' | 'name'>
      errors: SetupErrors
      errorSummary: ErrorLine[]
      passwordSupport: string
    }
    'admin/setup/taken': object
  }
}

/**
 * The first administrator, by the address that was printed at the start: whoever has it reads what the machine says.
 * Without the token, and once somebody may log in, there is no such page.
 */
export function setupRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, setupToken } = options
  const tries = throttle(options)
  const open = { config: { open: true } }

  function show(
    reply: FastifyReply,
    typed: Pick<TypedUser, 'login' | 'name'>,
    errors: SetupErrors = {},
  ): FastifyReply {
    return adminPage(reply, 'admin/setup/setup', {
      token: setupToken ?? '',
      typed,
      errors,
      errorSummary: errorLines(errors),
      passwordSupport: PASSWORD_HINT,
    })
  }

  app.get('/setup', open, async (request, reply) => {
    const isOpen = isToken(fieldsOf(request.query).get('token'), setupToken) && stores.staff.isNobodyHere()
    return isOpen ? show(reply, { login: '', name: '' }) : refusal(reply, 'not-found')
  })

  app.post('/setup', open, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const counted = tries.setup(request)
    if (counted.wait > 0) return waitingPage(reply, counted.wait)
    if (!isToken(fields.get('token'), setupToken)) return refusal(reply, 'not-found')
    counted.succeeded()
    // Of two browsers the second hears that there is an administrator now: it had the address.
    if (!stores.staff.isNobodyHere()) return adminPage(reply.code(409), 'admin/setup/taken', {})
    const typed = { login: fields.get('login'), name: fields.get('name'), role: 'admin' }
    const read = readUser(typed)
    const [password, again] = [fields.get('password'), fields.get('passwordAgain')]
    const errors: SetupErrors = {
      ...(read.ok ? {} : read.errors),
      ...(await passwordErrors(password, again, {
        ...typed,
        login: readLogin(typed.login),
        settings: request.site,
      })),
    }
    if (!read.ok || Object.keys(errors).length > 0) return show(reply.code(422), typed, errors)
    const at = now()
    const user = { ...read.user, passwordHash: await hashPassword(password), mustChangePassword: false }
    const outcome = stores.staff.addFirst(user, at)
    if (outcome === 'somebody-is-here') return adminPage(reply.code(409), 'admin/setup/taken', {})
    if (outcome === 'login-taken') return show(reply.code(422), typed, { login: LOGIN_TAKEN })
    await startSession(request, stores.staff.byLogin(user.login)!, at)
    return reply.redirect('/admin', 303)
  })
}

async function passwordErrors(password: string, again: string, owner: PasswordOwner): Promise<SetupErrors> {
  const problem = (await passwordProblem(password, owner))?.replace('新しい', '')
  if (problem) return { password: problem }
  return password === again
    ? {}
    : { passwordAgain: '確認のためのパスワードが一致しません。もう一度入力してください。' }
}

/** In the same time whatever was sent. */
function isToken(sent: string, token: string | null): boolean {
  if (token === null || sent === '') return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(sent), digest(token))
}
