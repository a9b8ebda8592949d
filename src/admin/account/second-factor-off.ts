import type { FastifyInstance, FastifyReply } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf, startSession } from '../session/officer.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/account/second-factor-off': { isRequired: boolean }
  }
}

/** 二段階認証の解除, by whoever has it. */
export function secondFactorOffRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const config = { role: 'viewer', proven: true } as const
  const toTakeOff = { config: { ...config, act: '二段階認証の解除' } } as const

  const isRequired = ({ request }: FastifyReply) =>
    officerOf(request).role === 'admin' && request.site.adminSecondFactor
  const show = (reply: FastifyReply) =>
    adminPage(reply, 'admin/account/second-factor-off', { isRequired: isRequired(reply) })

  app.get('/account/second-factor/off', { config }, async (request, reply) =>
    stores.secondFactors.of(officerOf(request).login) ? show(reply) : reply.redirect('/admin/account', 303),
  )

  app.post('/account/second-factor/off', toTakeOff, async (request, reply) => {
    if (isRequired(reply)) return show(reply.code(422))
    const { login } = officerOf(request)
    if (!stores.secondFactors.remove(login, { actor: login, at: now() }))
      return reply.redirect('/admin/account', 303)
    const { before } = request.session.staff!
    await startSession(request, stores.staff.byLogin(login)!, now(), { ...(before && { before }) })
    return reply.redirect('/admin/account?done=off', 303)
  })
}
