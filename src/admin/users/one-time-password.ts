import type { FastifyInstance, FastifyReply } from 'fastify'
import { forAdministrators } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { sealed, unsealed } from '../session/sealed.ts'
import { type UserLine, userLine, userPath } from './user-form.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/users/one-time-password': { user: UserLine; password: string; isNew: boolean; address: string }
  }
}

interface Named {
  Params: { login: string }
}

/** Leads to the page that shows it, sealed in the session of the one who made it. */
export function showPassword(
  reply: FastifyReply,
  { sessionSecret }: AdminOptions,
  { login, password, isNew }: { login: string; password: string; isNew: boolean },
): FastifyReply {
  reply.request.session.madePassword = { login, password: sealed(password, sessionSecret), isNew }
  return reply.redirect(`${userPath(login)}/password`, 303)
}

/** The one-time password just made: shown to its maker, until the page is left or it is changed. */
export function oneTimePasswordRoutes(
  app: FastifyInstance,
  { stores, sessionSecret, publicUrl }: AdminOptions,
): void {
  app.get<Named>('/users/:login/password', forAdministrators, async (request, reply) => {
    const user = stores.staff.user(request.params.login)
    if (!user) return refusal(reply, 'not-found')
    const { madePassword } = request.session
    if (madePassword?.login !== user.login || !user.mustChangePassword)
      return reply.redirect(`${userPath(user.login)}?done=left`, 303)
    return adminPage(reply, 'admin/users/one-time-password', {
      user: userLine(user, officerOf(request).login, stores.secondFactors.logins()),
      password: unsealed(madePassword.password, sessionSecret),
      isNew: madePassword.isNew,
      address: loginAddress(request, publicUrl),
    })
  })
}

/** Where this side is reached: as the administrator has reached it. */
function loginAddress({ protocol, host }: { protocol: string; host: string }, publicUrl: string): string {
  const here = URL.parse(`${protocol}://${host}`)
  return `${here ? here.origin : publicUrl}/admin`
}
