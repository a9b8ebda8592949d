import type { FastifyInstance, FastifyReply } from 'fastify'
import type { LateLink } from '../../db/late-links.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { type LateLinkLine, lateLinkLine, linkById } from './link.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/late-links/revocation': {
      link: LateLinkLine
      reason: string
      error: string
      errorSummary: ErrorLine[]
    }
  }
}

interface Identified {
  Params: { id: string }
}

/** A link is revoked with a reason, as long as it is open. */
export function revocationRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const { lateLinks } = stores

  function revocation(reply: FastifyReply, link: LateLink, reason: string, error: string): FastifyReply {
    const line = lateLinkLine(stores, link, now())
    if (line.state !== 'valid') return reply.redirect('/admin/late-links?done=not-open', 303)
    return adminPage(reply, 'admin/late-links/revocation', {
      link: line,
      reason,
      error,
      errorSummary: errorLines({ reason: error }),
    })
  }

  app.get<Identified>('/late-links/:id/revoke', forOfficers, async (request, reply) => {
    const link = linkById(stores, request.params.id)
    return link ? revocation(reply, link, '', '') : refusal(reply, 'not-found')
  })

  app.post<Identified>(
    '/late-links/:id/revoke',
    { config: { role: 'officer', act: '期限後受付の回答用リンクの取消し' } },
    async (request, reply) => {
      const link = linkById(stores, request.params.id)
      if (!link) return refusal(reply, 'not-found')
      const typed = fieldsOf(request.body).get('reason')
      const parsed = parseReason(typed)
      if (!parsed.ok) return revocation(reply.code(422), link, typed, parsed.message)
      const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
      return reply.redirect(`/admin/late-links?done=${lateLinks.revoke(link.id, decision)}`, 303)
    },
  )
}
