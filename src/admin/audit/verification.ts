import type { FastifyInstance } from 'fastify'
import { verifyRecord } from '../../office/record/verification.ts'
import type { AdminOptions } from '../options.ts'
import { officerOf } from '../session/officer.ts'

/** As `audit verify`: that no entry was changed, taken out or put in. A recomputation, for whoever may read the record. */
export function verificationRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const forEveryone = { config: { role: 'viewer', act: '操作の記録の検証' } } as const
  app.post('/audit/verify', forEveryone, async (request, reply) => {
    const { ok, text, findings } = await verifyRecord(stores, request.site.place)
    const actor = officerOf(request).login
    stores.audit.append({
      at: now(),
      actor,
      action: 'audit.verified',
      subject: 'audit',
      detail: { ok, text: text.slice(0, LONGEST) },
    })
    request.session.recordVerdict = { ok, text, findings: findings.slice(0, MOST_SHOWN) }
    return reply.redirect('/admin/audit', 303)
  })
}

/** Of what the record itself keeps of a finding. */
const LONGEST = 1000
const MOST_SHOWN = 20
