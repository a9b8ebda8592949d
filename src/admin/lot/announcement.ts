import type { FastifyInstance, FastifyReply } from 'fastify'
import { readDay } from '../../domain/text/typed-dates.ts'
import { lotStanding, seenLot, shownLot } from '../../office/lot/standing.ts'
import { readAnnouncement } from '../../office/lot/typed.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'

interface AnnouncementModel {
  typed: { source: string; knownOn: string }
  picker: { type: 'date'; value: string }
  errors: { source?: string; knownOn?: string }
  errorSummary: ErrorLine[]
  shown: string
  mayChoose: boolean
  isAnnounced: boolean
  deadline: string
  /** What it takes the place of; '' for the first. */
  replaces: string
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/lot/announcement': AnnouncementModel
  }
}

/** A public source, named before the deadline: nobody can know its result then. */
export function announcementRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  app.get('/lot/announcement', forOfficers, async (_request, reply) => show(reply, {}))

  const toAnnounce = { config: { role: 'officer', act: '抽選に用いるものの登録' } } as const
  app.post('/lot/announcement', toAnnounce, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const typed = { source: fields.get('source'), knownOn: fields.get('knownOn') }
    const standing = lotStanding(stores, now())
    const seen = seenLot(stores, standing)
    if (fields.get('shown') !== shownLot(seen)) return show(reply.code(409), { typed, isStale: true })
    const read = readAnnouncement(typed, standing.closesAt, now())
    if (!read.ok) return show(reply.code(422), { typed, errors: read.errors })
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.lots.announce(read.value, seen, by)
    if (outcome === 'announced') return reply.redirect('/admin/lot?done=announced', 303)
    return show(reply.code(409), { typed, isStale: true })
  })

  function show(
    reply: FastifyReply,
    { typed = { source: '', knownOn: '' }, errors = {}, isStale = false }: Partial<AnnouncementModel>,
  ): FastifyReply {
    const standing = lotStanding(stores, now())
    const picked = readDay(typed.knownOn)
    return adminPage(reply, 'admin/lot/announcement', {
      typed,
      picker: { type: 'date', value: picked.ok ? picked.day : '' },
      errors,
      errorSummary: errorLines({ source: errors.source, knownOn: errors.knownOn }),
      shown: shownLot(seenLot(stores, standing)),
      mayChoose: standing.mayChoose,
      isAnnounced: stores.lots.method() === 'announced',
      deadline: reply.request.site.deadline,
      replaces: standing.announced?.source ?? '',
      isStale,
    })
  }
}
