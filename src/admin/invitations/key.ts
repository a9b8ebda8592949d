import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseReason } from '../../domain/record/reason.ts'
import { keyFingerprint } from '../../domain/survey/invitation.ts'
import { type KeyState, keyState } from '../../office/invitations/links.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/invitations/key': {
      key: KeyState
      /** Links that would end. */
      links: number
      reason: string
      error: string
      errorSummary: ErrorLine[]
    }
  }
}

/** The key of the links was lost or is another one: an officer decides that links are made by the one at hand. */
export function keyRoutes(app: FastifyInstance, { stores, now, invitationKey }: AdminOptions): void {
  app.get('/invitations/key', forOfficers, async (_request, reply) => keyPage(reply))

  const config = { role: 'officer', act: '回答用リンクの鍵の切替え' } as const
  app.post('/invitations/key', { config }, async (request, reply) => {
    const reason = fieldsOf(request.body).get('reason')
    const parsed = parseReason(reason)
    const state = keyState(stores, invitationKey)
    if (state !== 'missing' && state !== 'different') return keyPage(reply.code(409), { reason })
    if (!parsed.ok) return keyPage(reply.code(422), { reason, error: parsed.message })
    const found = invitationKey.read()
    const key = found.kind === 'key' ? found.key : invitationKey.create()
    const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
    stores.invitations.changeKey(keyFingerprint(key), decision)
    return reply.redirect('/admin/invitations?done=key', 303)
  })

  function keyPage(
    reply: FastifyReply,
    { reason = '', error = '' }: { reason?: string; error?: string } = {},
  ): FastifyReply {
    return adminPage(reply, 'admin/invitations/key', {
      key: keyState(stores, invitationKey),
      links: stores.invitations.all().filter(({ revokedAt }) => revokedAt === null).length,
      reason,
      error,
      errorSummary: errorLines({ reason: error }),
    })
  }
}
