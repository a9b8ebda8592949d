import type { FastifyInstance } from 'fastify'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { doneHref, standingOf } from './standing.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/lot/publication': {
      round: number
      answers: number | null
      /** '' while only officers know it. */
      isPublished: boolean
    }
  }
}

/** The draw becomes public: it names nobody, and stays so. */
export function publicationRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options
  app.get('/lot/publication', forOfficers, async ({ query }, reply) => {
    const { round, draw } = standingOf(options, query)
    if (!draw) return refusal(reply, 'not-found')
    return adminPage(reply, 'admin/lot/publication', {
      round,
      answers: draw.lottery.method === 'receipts' ? draw.lottery.list.length : null,
      isPublished: draw.published !== null,
    })
  })

  const toPublish = { config: { role: 'officer', act: '抽選の公開' } } as const
  app.post('/lot/publication', toPublish, async (request, reply) => {
    const { round, draw } = standingOf(options, request.body)
    if (!draw) return refusal(reply, 'not-found')
    stores.lots.publish(draw.round, { actor: officerOf(request).login, at: now() })
    return reply.redirect(doneHref(stores, round, 'published'), 303)
  })
}
