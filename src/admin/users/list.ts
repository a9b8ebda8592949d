import type { FastifyInstance, FastifyReply } from 'fastify'
import { hashPassword, oneTimePassword } from '../../office/password.ts'
import { LOGIN_TAKEN, readUser, type TypedUser, type UserErrors } from '../../office/users.ts'
import { forAdministrators } from '../access.ts'
import { type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { showPassword } from './one-time-password.ts'
import { ROLE_CHOICES, typedUser, USER_COLUMNS, userLine } from './user-form.ts'

interface UsersModel {
  users: Table
  typed: TypedUser
  errors: UserErrors
  errorSummary: ErrorLine[]
  roles: typeof ROLE_CHOICES
  /** There is but one who may manage: nobody could help that one. */
  isOneAdministrator: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/users/list': UsersModel
  }
}

const BLANK: TypedUser = { login: '', name: '', role: '' }

/** 利用者: who may log in, and the form that adds one. */
export function userListRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options

  function list(reply: FastifyReply, typed = BLANK, errors: UserErrors = {}): FastifyReply {
    const { login } = officerOf(reply.request)
    const users = stores.staff.users()
    const secondFactors = stores.secondFactors.logins()
    // Whoever may log in stands before whoever may not any more.
    const inOrder = [...users.filter((each) => !each.disabledAt), ...users.filter((each) => each.disabledAt)]
    return adminPage(reply, 'admin/users/list', {
      users: tableOf(
        USER_COLUMNS,
        inOrder.map((user) => userLine(user, login, secondFactors)),
        { label: '利用者の一覧' },
      ),
      typed,
      errors,
      errorSummary: errorLines(errors),
      roles: ROLE_CHOICES,
      isOneAdministrator: stores.staff.administrators().length === 1,
    })
  }

  app.get('/users', forAdministrators, async (request, reply) => {
    // The page of the password is left.
    if (request.session.madePassword) delete request.session.madePassword
    return list(reply)
  })

  app.post(
    '/users',
    { config: { role: 'admin', act: '利用者の追加', proven: true } },
    async (request, reply) => {
      const typed = typedUser(request.body)
      const read = readUser(typed)
      if (!read.ok) return list(reply.code(422), typed, read.errors)
      const password = oneTimePassword()
      const user = { ...read.user, passwordHash: await hashPassword(password), mustChangePassword: true }
      const by = { actor: officerOf(request).login, at: now() }
      if (stores.staff.add(user, by) === 'login-taken')
        return list(reply.code(422), typed, { login: LOGIN_TAKEN })
      return showPassword(reply, options, { login: user.login, password, isNew: true })
    },
  )
}
