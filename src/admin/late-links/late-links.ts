import type { FastifyInstance, FastifyReply } from 'fastify'
import type { LateLink } from '../../db/late-links.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { lateLinkState } from '../../domain/survey/late-link.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type HospitalChoices, hospitalChoices } from '../../office/master/groups.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers, forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { mayWork, officerOf } from '../session/officer.ts'
import { sealed, unsealed } from '../session/sealed.ts'
import {
  type LateLinkErrors,
  NO_LATE_LINK,
  parseLateLink,
  type TypedLateLink,
  typedLateLink,
} from './late-link-form.ts'
import { lateLinkLetter } from './late-link-letter.ts'
import { LATE_LINKS, type LateLinkLine, lateLinkLine, lateLinkTable } from './late-link-lines.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/late-links/list': {
      links: ReturnType<typeof lateLinkTable>
      groups: HospitalChoices[]
      typed: TypedLateLink
      errors: LateLinkErrors
      errorSummary: ErrorLine[]
      /** The open link of the hospital that was chosen, which a new one would end. */
      inTheWay: LateLinkLine | null
      done: string
    }
    'admin/late-links/made': {
      hospital: string
      deadline: string
      url: string
      letter: string
      current: string
    }
    'admin/late-links/revocation': {
      link: LateLinkLine
      reason: string
      error: string
      errorSummary: ErrorLine[]
    }
  }
}

interface ListState {
  typed: TypedLateLink
  errors: LateLinkErrors
  inTheWay: LateLink
  done: string
}

interface Numbered {
  Params: { id: string }
}

/** 期限後受付: a link by which one hospital answers once after the deadline, made and revoked with a reason. */
export function lateLinkRoutes(
  app: FastifyInstance,
  { stores, now, publicUrl, sessionSecret }: AdminOptions,
): void {
  const { hospitals, lateLinks, submissions } = stores

  function list(reply: FastifyReply, state: Partial<ListState> = {}): FastifyReply {
    const geography = shippedGeography(reply.request.site.prefectureCode)
    const { typed = NO_LATE_LINK, errors = {}, inTheWay = null, done = '' } = state
    return adminPage(reply, 'admin/late-links/list', {
      links: lateLinkTable(stores, now(), {
        query: LATE_LINKS.parse(reply.request.query),
        mayWork: mayWork(reply.request),
      }),
      groups: hospitalChoices(hospitals.all(), geography),
      typed,
      errors,
      errorSummary: errorLines(errors),
      inTheWay: inTheWay && lateLinkLine(stores, inTheWay, now()),
      done,
    })
  }

  function openLink({ id }: Numbered['Params']): LateLink | null {
    return lateLinks.all().find((link) => String(link.id) === id) ?? null
  }

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

  app.get('/late-links', forReaders, async (request, reply) => {
    // The page of the link is left.
    if (request.session.madeLink) delete request.session.madeLink
    return list(reply, { done: DONE.get(fieldsOf(request.query).get('done')) ?? '' })
  })

  const toMake = { config: { role: 'officer', act: '期限後受付のリンクの作成' } } as const
  app.post('/late-links', toMake, async (request, reply) => {
    const typed = typedLateLink(request.body)
    const parsed = parseLateLink(typed, stores, { now: now(), closesAt: request.site.closesAt })
    if (!parsed.ok) return list(reply.code(422), { typed, errors: parsed.errors })
    const by = { actor: officerOf(request).login, at: now() }
    const replaced = Number(fieldsOf(request.body).get('replaces')) || null
    const outcome = lateLinks.createInPlaceOf(replaced, parsed.link, by)
    if (outcome.kind === 'in-the-way') return list(reply.code(409), { typed, inTheWay: outcome.link })
    const { id, token } = outcome
    request.session.madeLink = { id, token: sealed(token, sessionSecret) }
    return reply.redirect(`/admin/late-links/${id}/made`, 303)
  })

  app.get<Numbered>('/late-links/:id/made', forOfficers, async (request, reply) => {
    const link = openLink(request.params)
    if (!link) return refusal(reply, 'not-found')
    const { madeLink } = request.session
    if (madeLink?.id !== link.id || lateLinkState(link, now()) !== 'valid')
      return reply.redirect('/admin/late-links?done=left', 303)
    const hospital = hospitals.byCode(link.hospitalCode)!
    const url = `${publicUrl}/late/${unsealed(madeLink.token, sessionSecret)}`
    const deadline = deadlineText({ closesAt: link.expiresAt })
    const current = submissions
      .all()
      .find(({ state, hospitalCode }) => state === 'current' && hospitalCode === hospital.key)
    return adminPage(reply, 'admin/late-links/made', {
      hospital: hospital.name,
      deadline,
      url,
      letter: lateLinkLetter(request.site, { hospital, url, deadline }),
      current: current?.number ?? '',
    })
  })

  app.get<Numbered>('/late-links/:id/revoke', forOfficers, async (request, reply) => {
    const link = openLink(request.params)
    return link ? revocation(reply, link, '', '') : refusal(reply, 'not-found')
  })

  app.post<Numbered>(
    '/late-links/:id/revoke',
    { config: { role: 'officer', act: '期限後受付のリンクの取消し' } },
    async (request, reply) => {
      const link = openLink(request.params)
      if (!link) return refusal(reply, 'not-found')
      const typed = fieldsOf(request.body).get('reason')
      const parsed = parseReason(typed)
      if (!parsed.ok) return revocation(reply.code(422), link, typed, parsed.message)
      const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
      return reply.redirect(`/admin/late-links?done=${lateLinks.revoke(link.id, decision)}`, 303)
    },
  )
}

const DONE = new Map([
  ['revoked', 'リンクを取り消しました。このリンクからは、もう回答できません。'],
  [
    'left',
    'リンクは、作った直後にだけ表示できます。分からなくなった場合は、作り直してください。前のリンクは使えなくなります。',
  ],
  ['not-open', 'このリンクは、すでに使われたか、取り消されたか、期限が過ぎています。'],
])
