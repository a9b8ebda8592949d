import type { FastifyInstance, FastifyReply } from 'fastify'
import { PASSWORD_LIMITS } from '../../domain/record/staff.ts'
import {
  hashPassword,
  PASSWORD_HINT,
  type PasswordOwner,
  passwordProblem,
  verifyPassword,
} from '../../office/password.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { officerOf, startSession } from './officer.ts'
import { throttle } from './throttle.ts'
import { waitingPage } from './waiting.ts'

type PasswordField = 'current' | 'password' | 'passwordAgain'
type PasswordErrors = Partial<Record<PasswordField, string>>

/** One control of the form: it never shows again what was typed. */
interface PasswordControl {
  name: PasswordField
  label: string
  autocomplete: string
  support: string
  error: string
  value: ''
  type: 'password'
  size: 'm'
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/session/password': {
      fields: readonly PasswordControl[]
      errorSummary: ErrorLine[]
      /** Why it has to be changed before anything else; null where it need not. */
      why: 'first' | 'short' | null
      shortest: number
    }
  }
}

export function passwordRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options
  const tries = throttle(options)
  const forEveryone = {
    config: { role: 'viewer', withFirstPassword: true, withoutSecondFactor: true },
  } as const

  app.get('/password', forEveryone, async (_request, reply) => passwordPage(reply, {}))

  app.post('/password', forEveryone, async (request, reply) => {
    const { login, name } = officerOf(request)
    const counted = tries.own(login)
    if (counted.wait > 0) return waitingPage(reply, counted.wait)
    const fields = fieldsOf(request.body)
    const user = stores.staff.byLogin(login)!
    const knowsCurrent = await verifyPassword(user.passwordHash, fields.get('current'), { first: true })
    if (knowsCurrent) counted.succeeded()
    const errors = await passwordErrors(fields, { login, name, settings: request.site }, knowsCurrent)
    if (Object.keys(errors).length > 0) return passwordPage(reply.code(422), errors)
    const passwordHash = await hashPassword(fields.get('password'))
    // Meanwhile an administrator may have given another one, or stopped the login: that stands.
    if (!stores.staff.changePassword(login, passwordHash, user, { actor: login, at: now() }))
      return reply.redirect('/admin/login', 303)
    // The password alone proves nobody who has a second factor as well.
    const { provenAt } = request.session.staff!
    const hasFactor = stores.secondFactors.of(login) !== null
    await startSession(request, stores.staff.byLogin(login)!, now(), hasFactor ? { provenAt } : {})
    return reply.redirect(request.session.unsent ? '/admin/resend' : '/admin', 303)
  })
}

async function passwordErrors(
  fields: { get(name: PasswordField): string },
  owner: PasswordOwner,
  knowsCurrent: boolean,
): Promise<PasswordErrors> {
  const errors: PasswordErrors = {}
  const password = fields.get('password')
  if (!knowsCurrent) errors.current = '現在のパスワードが正しくありません。入力し直してください。'
  const problem = await passwordProblem(password, owner)
  if (problem) errors.password = problem
  else if (password === fields.get('current'))
    errors.password = '現在と同じパスワードです。別のパスワードにしてください。'
  else if (password !== fields.get('passwordAgain'))
    errors.passwordAgain =
      '確認のためのパスワードが、新しいパスワードと一致しません。もう一度入力してください。'
  return errors
}

function passwordPage(reply: FastifyReply, errors: PasswordErrors): FastifyReply {
  const control = (
    name: PasswordField,
    label: string,
    autocomplete: string,
    support = '',
  ): PasswordControl => ({
    ...{ name, label, autocomplete, support },
    ...{ error: errors[name] ?? '', value: '', type: 'password', size: 'm' },
  })
  const isFirst = officerOf(reply.request).mustChangePassword
  return adminPage(reply, 'admin/session/password', {
    fields: [
      control('current', '現在のパスワード', 'current-password'),
      control('password', '新しいパスワード', 'new-password', PASSWORD_HINT),
      control('passwordAgain', '新しいパスワード（確認）', 'new-password'),
    ],
    errorSummary: errorLines(errors),
    why: isFirst ? 'first' : reply.request.session.staff?.isPasswordShort ? 'short' : null,
    shortest: PASSWORD_LIMITS.min,
  })
}
