import type { FastifyInstance } from 'fastify'
import { verifyRecord } from '../../office/record/verification.ts'
import type { AdminOptions } from '../options.ts'
import { officerOf } from '../session/officer.ts'

/** As `audit verify`: that no entry was changed, taken out or put in. A recomputation, for whoever may read the record. */
export function verificationRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const forEveryone = { config: { role: 'viewer', act: '操作の記録の検証' } } as const
  app.post('/audit/verify', forEveryone, async (request, reply) => {
    const { ok, text } = verifyRecord(stores)
    const actor = officerOf(request).login
    stores.audit.append({
      at: now(),
      actor,
      action: 'audit.verified',
      subject: 'audit',
      detail: { ok, text },
    })
    request.session.recordVerdict = { ok, text }
    return reply.redirect('/admin/audit', 303)
  })
}
