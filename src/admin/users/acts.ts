import type { FastifyInstance, FastifyReply } from 'fastify'
import type { User } from '../../domain/record/staff.ts'
import { hashPassword, oneTimePassword } from '../../office/password.ts'
import { LAST_ADMINISTRATOR } from '../../office/users.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forAdministrators } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { showPassword } from './one-time-password.ts'
import { type UserLine, userLine, userPath } from './user-form.ts'

type UserAct = 'disable' | 'enable' | 'reset' | 'second-factor'

interface ActModel {
  user: UserLine
  act: UserAct
  /** The user's state as the page shows it, carried along. */
  shown: string
  /** Why it was not done, or what somebody else did in between. */
  problem: string | null
  errorSummary: ErrorLine[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/users/act': ActModel
  }
}

interface Named {
  Params: { login: string }
}

/** What is done to a login as a whole, each on a page of its own that says what becomes of it. */
export function userActRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options

  function show(reply: FastifyReply, user: User, act: UserAct, problem: string | null = null): FastifyReply {
    const self = officerOf(reply.request).login
    // One's own password is changed, not made anew: the page that shows it would be behind the login.
    if (act === 'reset' && user.login === self) return reply.redirect('/admin/password', 303)
    // The own one is taken off where it was set up, and one that is not there nowhere.
    if (act === 'second-factor' && user.login === self) return reply.redirect('/admin/account', 303)
    if (act === 'second-factor' && stores.secondFactors.of(user.login) === null)
      return reply.redirect(userPath(user.login), 303)
    if (act !== 'second-factor' && (act === 'enable') !== (user.disabledAt !== null))
      return reply.redirect(userPath(user.login), 303)
    return adminPage(reply, 'admin/users/act', {
      user: userLine(user, self, stores.secondFactors.logins()),
      act,
      shown: String(user.epoch),
      problem,
      errorSummary: [],
    })
  }

  for (const act of ['disable', 'enable', 'reset', 'second-factor'] as const)
    app.get<Named>(`/users/:login/${act}`, forAdministrators, async ({ params }, reply) => {
      const user = stores.staff.user(params.login)
      return user ? show(reply, user, act) : refusal(reply, 'not-found')
    })

  const toDisable = { config: { role: 'admin', act: '利用者の停止', proven: true } } as const
  app.post<Named>('/users/:login/disable', toDisable, async (request, reply) => {
    const user = stores.staff.user(request.params.login)
    if (!user) return refusal(reply, 'not-found')
    const { login } = user
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.staff.disable(login, shownIn(request.body), by)
    if (outcome === 'last-administrator') return show(reply.code(422), user, 'disable', LAST_ADMINISTRATOR)
    if (outcome === 'changed-meanwhile')
      return show(reply.code(409), stores.staff.user(login)!, 'disable', CHANGED_MEANWHILE)
    // Whoever has ended the own login has no page here any more.
    return reply.redirect(by.actor === login ? '/admin/login' : `${userPath(login)}?done=disabled`, 303)
  })

  const toEnable = { config: { role: 'admin', act: '利用者の停止の解除', proven: true } } as const
  app.post<Named>('/users/:login/enable', toEnable, async (request, reply) => {
    const { login } = request.params
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.staff.enable(login, by)
    return outcome === 'unknown'
      ? refusal(reply, 'not-found')
      : reply.redirect(`${userPath(login)}?done=enabled`, 303)
  })

  const toReset = { config: { role: 'admin', act: 'パスワードの再発行', proven: true } } as const
  app.post<Named>('/users/:login/reset', toReset, async (request, reply) => {
    const { login: actor } = officerOf(request)
    const user = stores.staff.user(request.params.login)
    if (!user) return refusal(reply, 'not-found')
    const { login } = user
    if (login === actor) return reply.redirect('/admin/password', 303)
    const password = oneTimePassword()
    const passwordHash = await hashPassword(password)
    const outcome = stores.staff.reset(
      login,
      { passwordHash, shown: shownIn(request.body) },
      { actor, at: now() },
    )
    if (outcome === 'changed-meanwhile')
      return show(reply.code(409), stores.staff.user(login)!, 'reset', CHANGED_MEANWHILE)
    if (outcome !== 'reset') return reply.redirect(userPath(login), 303)
    return showPassword(reply, options, { login, password, isNew: false })
  })

  const toTakeOff = { config: { role: 'admin', act: '利用者の二段階認証の解除', proven: true } } as const
  app.post<Named>('/users/:login/second-factor', toTakeOff, async (request, reply) => {
    const { login: actor } = officerOf(request)
    const user = stores.staff.user(request.params.login)
    if (!user) return refusal(reply, 'not-found')
    const { login } = user
    if (login === actor) return reply.redirect('/admin/account', 303)
    const outcome = stores.staff.takeOffSecondFactor(login, shownIn(request.body), { actor, at: now() })
    return outcome === 'changed-meanwhile'
      ? show(reply.code(409), stores.staff.user(login)!, 'second-factor', CHANGED_MEANWHILE)
      : reply.redirect(`${userPath(login)}?done=${outcome === 'removed' ? 'factor-off' : 'unchanged'}`, 303)
  })
}

const CHANGED_MEANWHILE =
  'この画面を開いた後に、ほかの管理者がこの利用者の権限やパスワードを変更しました。何も変更していません。現在の内容を確認してから、もう一度押してください。'

function shownIn(body: unknown): number | null {
  const shown = fieldsOf(body).get('shown')
  return /^\d{1,9}$/.test(shown) ? Number(shown) : null
}
