import type { FastifyInstance, FastifyReply } from 'fastify'
import type { LateLink } from '../../db/late-links.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { type HospitalChoices, hospitalChoices } from '../../office/master/choices.ts'
import { regionOrder } from '../../office/region-order.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers, forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { mayWork, officerOf } from '../session/officer.ts'
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
      done: string
    }
    'admin/late-links/made': {
      hospital: string
      deadline: string
      url: string
      letter: string
      current: string
    }
    'admin/late-links/revocation': { link: LateLinkLine; reason: string; error: string }
  }
}

interface Numbered {
  Params: { id: string }
}

/** 期限後受付: a link by which one hospital answers once after the deadline, made and revoked with a reason. */
export function lateLinkRoutes(app: FastifyInstance, { stores, now, publicUrl }: AdminOptions): void {
  const { hospitals, lateLinks, submissions } = stores

  function list(reply: FastifyReply, typed: TypedLateLink, errors: LateLinkErrors, done = ''): FastifyReply {
    const byRegion = regionOrder(reply.request.site.prefectureCode)
    return adminPage(reply, 'admin/late-links/list', {
      links: lateLinkTable(stores, now(), {
        query: LATE_LINKS.parse(reply.request.query),
        mayWork: mayWork(reply.request),
      }),
      groups: hospitalChoices(hospitals.all(), '', byRegion),
      typed,
      errors,
      done,
    })
  }

  function openLink({ id }: Numbered['Params']): LateLink | null {
    return lateLinks.all().find((link) => String(link.id) === id) ?? null
  }

  function revocation(reply: FastifyReply, link: LateLink, reason: string, error: string): FastifyReply {
    const line = lateLinkLine(stores, link, now())
    if (line.state !== 'valid') return reply.redirect('/admin/late-links?done=not-open', 303)
    return adminPage(reply, 'admin/late-links/revocation', { link: line, reason, error })
  }

  app.get<{ Querystring: { done?: unknown } }>('/late-links', forReaders, async (request, reply) =>
    list(reply, NO_LATE_LINK, {}, DONE.get(String(request.query.done ?? ''))),
  )

  app.post(
    '/late-links',
    { config: { role: 'officer', act: '期限後受付のリンクの作成' } },
    async (request, reply) => {
      const typed = typedLateLink(request.body)
      const parsed = parseLateLink(typed, stores, { now: now(), closesAt: request.site.closesAt })
      if (!parsed.ok) return list(reply.code(422), typed, parsed.errors)
      const { link } = parsed
      const { token } = lateLinks.create(link, { actor: officerOf(request).login, at: now() })
      const hospital = hospitals.byCode(link.hospitalCode)!
      const url = `${publicUrl}/late/${token}`
      const deadline = deadlineText({ closesAt: link.expiresAt })
      const current = submissions
        .all()
        .find(({ state, hospitalCode }) => state === 'current' && hospitalCode === hospital.key)
      // Shown in this reply and never again: the token is nowhere kept.
      return adminPage(reply, 'admin/late-links/made', {
        hospital: hospital.name,
        deadline,
        url,
        letter: lateLinkLetter(request.site, { hospital, url, deadline }),
        current: current?.number ?? '',
      })
    },
  )

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
  ['not-open', 'このリンクは、すでに使われたか、取り消されたか、期限が過ぎています。'],
])
