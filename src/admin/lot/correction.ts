import type { FastifyInstance, FastifyReply } from 'fastify'
import type { AnnouncedLottery } from '../../domain/lot/lottery.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { readCorrectValue } from '../../office/lot/typed.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { doneHref, standingOf } from './standing.ts'

interface CorrectionModel {
  round: number
  source: string
  value: string
  typed: { value: string; reason: string }
  errors: { value?: string; reason?: string }
  errorSummary: ErrorLine[]
  /** Why nothing can be put right: it is confirmed, or on its way to be. */
  closed: 'settled' | 'proposed' | null
  isPublished: boolean
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/lot/correction': CorrectionModel
  }
}

/** A value that was typed wrong is put right, before the confirmation only; the draw itself is never repeated. */
export function correctionRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options
  app.get('/lot/correction', forOfficers, async ({ query }, reply) => show(reply, query, {}))

  const toCorrect = { config: { role: 'officer', act: '公表された結果の訂正' } } as const
  app.post('/lot/correction', toCorrect, async (request, reply) => {
    const { round, draw } = standingOf(options, request.body)
    if (draw?.lottery.method !== 'announced') return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const typed = { value: fields.get('value'), reason: fields.get('reason') }
    const from = draw.lottery.value
    if (fields.get('shown') !== from) return show(reply.code(409), request.body, { typed, isStale: true })
    const [read, reason] = [readCorrectValue(typed.value, from), parseReason(typed.reason)]
    if (!read.ok || !reason.ok) {
      const errors = { ...(!read.ok && read.errors), ...(!reason.ok && { reason: reason.message }) }
      return show(reply.code(422), request.body, { typed, errors })
    }
    const by = { actor: officerOf(request).login, at: now(), reason: reason.reason }
    const outcome = stores.lots.correct(draw.round, { from, to: read.value }, by)
    if (outcome === 'corrected') return reply.redirect(doneHref(stores, round, 'corrected'), 303)
    return show(reply.code(409), request.body, { typed, isStale: true })
  })

  function show(
    reply: FastifyReply,
    source: unknown,
    { typed, errors = {}, isStale = false }: Partial<CorrectionModel>,
  ): FastifyReply {
    const { round, draw } = standingOf(options, source)
    if (draw?.lottery.method !== 'announced') return refusal(reply, 'not-found')
    const lottery: AnnouncedLottery = draw.lottery
    return adminPage(reply, 'admin/lot/correction', {
      round,
      source: lottery.source,
      value: lottery.value,
      typed: typed ?? { value: '', reason: '' },
      errors,
      errorSummary: errorLines({ value: errors.value, reason: errors.reason }),
      closed: draw.isSettled ? 'settled' : stores.editions.open() ? 'proposed' : null,
      isPublished: draw.published !== null,
      isStale,
    })
  }
}
