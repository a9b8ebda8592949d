import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LateLink } from '../../db/late-links.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type HospitalPicker, hospitalPicker } from '../../office/master/picker.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { mayWork, officerOf } from '../session/officer.ts'
import { sealed } from '../session/sealed.ts'
import {
  exampleDay,
  type LateLinkErrors,
  NO_LATE_LINK,
  parseLateLink,
  pickedDay,
  type TypedLateLink,
  typedLateLink,
} from './form.ts'
import { LATE_LINKS, type LateLinkLine, lateLinkLine, lateLinkTable } from './link.ts'
import { madeLinkRoutes } from './made.ts'
import { revocationRoutes } from './revocation.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/late-links/list': {
      links: ReturnType<typeof lateLinkTable>
      hospitalPicker: HospitalPicker
      typed: TypedLateLink
      /** The calendar of the last day, and a day as it may be written. */
      picker: { type: 'date'; value: string }
      example: string
      errors: LateLinkErrors
      errorSummary: ErrorLine[]
      /** The open link of the hospital that was chosen, which a new one would end. */
      inTheWay: LateLinkLine | null
      done: string
    }
  }
}

interface ListState {
  typed: TypedLateLink
  errors: LateLinkErrors
  inTheWay: LateLink
  done: string
}

/** 期限後受付: a link by which one hospital answers once after the deadline, made and revoked with a reason. */
export function lateLinkRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, sessionSecret } = options
  const { hospitals, lateLinks } = stores
  madeLinkRoutes(app, options)
  revocationRoutes(app, options)

  const standing = ({ site: { closesAt } }: FastifyRequest) => ({ now: now(), closesAt })

  function list(reply: FastifyReply, state: Partial<ListState> = {}): FastifyReply {
    const geography = shippedGeography(reply.request.site.prefectureCode)
    const { typed = NO_LATE_LINK, errors = {}, inTheWay = null, done = '' } = state
    return adminPage(reply, 'admin/late-links/list', {
      links: lateLinkTable(stores, now(), {
        query: LATE_LINKS.parse(reply.request.query),
        mayWork: mayWork(reply.request),
      }),
      hospitalPicker: hospitalPicker(hospitals.operating(), geography, { chosen: typed.hospitalCode }),
      typed,
      picker: { type: 'date', value: pickedDay(typed.lastDay) },
      example: exampleDay(standing(reply.request)),
      errors,
      errorSummary: errorLines(errors),
      inTheWay: inTheWay && lateLinkLine(stores, inTheWay, now()),
      done,
    })
  }

  app.get('/late-links', forReaders, async (request, reply) => {
    // The page of the link is left.
    if (request.session.madeLink) delete request.session.madeLink
    return list(reply, { done: DONE.get(fieldsOf(request.query).get('done')) ?? '' })
  })

  const toMake = { config: { role: 'officer', act: '期限後受付の回答用リンクの発行' } } as const
  app.post('/late-links', toMake, async (request, reply) => {
    const typed = typedLateLink(request.body)
    const parsed = parseLateLink(typed, stores, standing(request))
    if (!parsed.ok) return list(reply.code(422), { typed, errors: parsed.errors })
    const by = { actor: officerOf(request).login, at: now() }
    const replaced = Number(fieldsOf(request.body).get('replaces')) || null
    const outcome = lateLinks.createInPlaceOf(replaced, parsed.link, by)
    if (outcome.kind === 'in-the-way') return list(reply.code(409), { typed, inTheWay: outcome.link })
    const { id, token } = outcome
    request.session.madeLink = { id, token: sealed(token, sessionSecret) }
    return reply.redirect(`/admin/late-links/${id}/made`, 303)
  })
}

const DONE = new Map([
  ['revoked', 'リンクを取り消しました。このリンクからは、もう回答できません。'],
  [
    'left',
    'リンクは、発行した直後にだけ表示できます。分からなくなった場合は、改めて発行してください。前のリンクは使えなくなります。',
  ],
  ['not-open', 'このリンクは、既に使われたか、取り消されたか、期限が過ぎています。'],
])
