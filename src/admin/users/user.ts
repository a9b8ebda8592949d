import type { FastifyInstance, FastifyReply } from 'fastify'
import type { User } from '../../domain/record/staff.ts'
import { LAST_ADMINISTRATOR, readUser, type TypedUser, type UserErrors } from '../../office/users.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forAdministrators } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { ROLE_CHOICES, typedUser, type UserLine, userLine, userPath } from './user-form.ts'

interface UserModel {
  user: UserLine
  isDisabled: boolean
  typed: TypedUser
  errors: UserErrors
  errorSummary: ErrorLine[]
  roles: typeof ROLE_CHOICES
  /** As the form shows them, carried along. */
  shown: { name: string; role: string }
  /** Somebody else changed the same user in between. */
  isStale: boolean
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/users/user': UserModel
  }
}

interface Named {
  Params: { login: string }
}

interface PageState {
  typed?: TypedUser
  errors?: UserErrors
  isStale?: boolean
  done?: string | undefined
}

/** One user: the name and the role, and the ways to the acts. */
export function userRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, user: User, state: PageState = {}): FastifyReply {
    const { name, role } = user
    const { typed = { login: user.login, name, role }, errors = {}, isStale = false, done } = state
    return adminPage(reply, 'admin/users/user', {
      user: userLine(user, officerOf(reply.request).login, stores.secondFactors.logins()),
      isDisabled: user.disabledAt !== null,
      typed,
      errors,
      errorSummary: errorLines(errors),
      roles: ROLE_CHOICES,
      shown: { name, role },
      isStale,
      done: done ?? null,
    })
  }

  app.get<Named>('/users/:login', forAdministrators, async ({ params, query }, reply) => {
    const user = stores.staff.user(params.login)
    return user
      ? show(reply, user, { done: DONE.get(fieldsOf(query).get('done')) })
      : refusal(reply, 'not-found')
  })

  const toChange = { config: { role: 'admin', act: '利用者の氏名と権限の変更', proven: true } } as const
  app.post<Named>('/users/:login', toChange, async (request, reply) => {
    const user = stores.staff.user(request.params.login)
    if (!user) return refusal(reply, 'not-found')
    const { login } = user
    const typed = { ...typedUser(request.body), login }
    const read = readUser(typed)
    if (!read.ok) return show(reply.code(422), user, { typed, errors: read.errors })
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.staff.change(login, read.user, shownIn(request.body), by)
    if (outcome === 'last-administrator')
      return show(reply.code(422), user, { typed, errors: { role: LAST_ADMINISTRATOR } })
    if (outcome === 'changed-meanwhile')
      return show(reply.code(409), stores.staff.user(login)!, { typed, isStale: true })
    return reply.redirect(`${userPath(login)}?done=${outcome}`, 303)
  })
}

/** What the form showed; a form that carries nothing of it was made by a program. */
function shownIn(body: unknown): { name: string; role: User['role'] } | null {
  const fields = fieldsOf(body)
  const role = ROLE_CHOICES.find(({ id }) => id === fields.get('shown.role'))
  return role ? { name: fields.get('shown.name'), role: role.id } : null
}

const DONE = new Map([
  ['changed', '変更しました。権限を変えた場合、この利用者は次の操作のときにログインし直します。'],
  ['unchanged', '変更はありませんでした。'],
  ['disabled', '停止しました。この利用者は、もうログインできません。開いていた画面も使えません。'],
  ['enabled', '停止を解除しました。停止する前のパスワードでログインできます。'],
  ['factor-off', '二段階認証を解除しました。この利用者は、パスワードだけでログインし、設定し直します。'],
  ['left', '初回パスワードは、発行した直後にだけ表示できます。分からなくなった場合は、再発行してください。'],
])
