import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { SETTING_LABELS } from '../../domain/survey/settings.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { adminPage } from '../page.ts'
import type { Unsent } from './session.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/session/resend': Unsent & { typed: { label: string; value: string }[] }
  }
}

/** Larger forms are not kept for somebody who has not logged in. */
const KEPT_LENGTH = 20_000

/** What was typed into a form whose session had ended, offered again after the login. */
export function unsentRoutes(app: FastifyInstance): void {
  app.get('/resend', forReaders, async (request, reply) => {
    const { unsent } = request.session
    return unsent ? resendPage(reply, unsent) : reply.redirect('/admin', 303)
  })
}

/** What is being sent waits no longer. */
export function forgetSent(request: FastifyRequest): void {
  if (request.session.unsent?.url === request.url) delete request.session.unsent
}

/** Puts a form aside in the session of the login page. @returns whether it could be kept */
export function keepUnsent(request: FastifyRequest): boolean {
  const unsent = unsentOf(request)
  const length = unsent?.fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0) ?? 0
  if (!unsent || length > KEPT_LENGTH) return false
  request.session.unsent = unsent
  return true
}

/** A form with everything typed, a fresh token and a button: nothing is sent without the officer's own click. */
export function resendPage(reply: FastifyReply, unsent: Unsent): FastifyReply {
  const typed = unsent.fields
    .filter(([name, value]) => LABELS[name] !== undefined && value.trim() !== '')
    .map(([name, value]) => ({ label: LABELS[name]!, value }))
  return adminPage(reply, 'admin/session/resend', { ...unsent, typed })
}

/** Null where there is nothing to send again: no act of an officer, or a password among the fields. */
export function unsentOf({ url, body, routeOptions }: FastifyRequest): Unsent | null {
  const { act, open } = routeOptions.config
  const fields = fieldsOf(body)
    .entries()
    .filter(([name]) => name !== '_csrf')
  if (open || act === undefined || fields.some(([name]) => /password|current/i.test(name))) return null
  return { url, act, fields }
}

/** Fields that people fill in; the others only travel along. */
const LABELS: Record<string, string> = {
  ...SETTING_LABELS,
  reason: '理由',
  note: '変更の理由',
  hospitalCode: '医療機関コード',
  freeSeatsReason: '枠を残す理由',
}
