import type { FastifyInstance, FastifyReply, Session } from 'fastify'
import { dateText, dateTimeText } from '../../domain/text/dates.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { type LastLogin, lastLogin } from '../session/last-login.ts'
import { officerOf } from '../session/officer.ts'
import { browserName } from './browser-name.ts'

interface AccountModel {
  /** Null where there is none. */
  secondFactor: { since: string; codesLeft: number } | null
  /** The own role has to have one. */
  isRequired: boolean
  sessions: { begun: string; seen: string; browser: string; address: string; isOwn: boolean }[]
  before: LastLogin | null
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/account/account': AccountModel
  }
}

/** ログインの設定: password, second factor, and where else one is logged in. */
export function accountPageRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options

  app.get('/account', forReaders, async (request, reply) => {
    const { session } = request
    // The page of the codes, or of the secret, is left.
    if (session.madeCodes) delete session.madeCodes
    if (session.newFactor) delete session.newFactor
    return show(reply, DONE.get(fieldsOf(request.query).get('done')) ?? null)
  })

  const toEnd = { config: { role: 'viewer', act: 'ほかの端末のログアウト', proven: true } } as const
  app.post('/account/sessions/end', toEnd, async (request, reply) => {
    const { login } = officerOf(request)
    const ended = stores.sessions.endOthers(login, request.session.sessionId, { actor: login, at: now() })
    return reply.redirect(`/admin/account?done=${ended > 0 ? 'ended' : 'none'}`, 303)
  })

  function show(reply: FastifyReply, done: string | null): FastifyReply {
    const { session, site } = reply.request
    const { login, role } = officerOf(reply.request)
    const factor = stores.secondFactors.of(login)
    const sessions = stores.sessions.ofLogin(login).flatMap(({ data, isOf }) => {
      const { staff } = JSON.parse(data) as Session
      return staff ? [{ ...staff, isOwn: isOf(session.sessionId) }] : []
    })
    sessions.sort((one, other) => other.seenAt - one.seenAt)
    return adminPage(reply, 'admin/account/account', {
      secondFactor: factor && { since: dateText(factor.since), codesLeft: factor.codesLeft },
      isRequired: role === 'admin' && site.adminSecondFactor,
      sessions: sessions.map(({ begunAt, seenAt, agent, address, isOwn }) => ({
        begun: dateTimeText(new Date(begunAt)),
        seen: dateTimeText(new Date(seenAt)),
        browser: browserName(agent),
        address,
        isOwn,
      })),
      before: lastLogin(reply.request),
      done,
    })
  }
}

const DONE = new Map([
  ['ended', 'ほかの端末でのログインを終了しました。'],
  ['none', 'ほかの端末ではログインしていませんでした。'],
  ['off', '二段階認証を解除しました。ほかの端末でのログインは終了しました。'],
  ['kept', '予備のコードは、作成した直後にだけ表示します。'],
])
