import type { FastifyInstance } from 'fastify'
import { hashOfRecoveryCode, newRecoveryCodes } from '../../office/second-factor.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { sealed, unsealed } from '../session/sealed.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/account/recovery-codes': { codes: readonly string[]; login: string }
  }
}

/** 予備のコード: shown to whoever made them, until the page is left. */
export function recoveryCodeRoutes(app: FastifyInstance, { stores, now, sessionSecret }: AdminOptions): void {
  app.get('/account/recovery-codes', forReaders, async (request, reply) => {
    const { madeCodes } = request.session
    if (!madeCodes) return reply.redirect('/admin/account?done=kept', 303)
    const codes = unsealed(madeCodes.codes, sessionSecret).split(' ')
    return adminPage(reply, 'admin/account/recovery-codes', { codes, login: officerOf(request).login })
  })

  const toMake = { config: { role: 'viewer', act: '予備のコードの作り直し', proven: true } } as const
  app.post('/account/recovery-codes', toMake, async (request, reply) => {
    const { login } = officerOf(request)
    if (!stores.secondFactors.of(login)) return reply.redirect('/admin/account', 303)
    const codes = newRecoveryCodes()
    stores.secondFactors.renewCodes(login, codes.map(hashOfRecoveryCode), { actor: login, at: now() })
    request.session.madeCodes = { codes: sealed(codes.join(' '), sessionSecret) }
    return reply.redirect('/admin/account/recovery-codes', 303)
  })
}
