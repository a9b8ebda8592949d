import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LateLink } from '../../db/late-links.ts'
import type { Stores } from '../../db/stores.ts'
import { type TypedForm, typedForm } from '../../domain/answer/form.ts'
import type { LateLinkState } from '../../domain/survey/late-link.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { fieldsOf } from '../../web/fields.ts'
import { page } from '../../web/views.ts'
import { type AnswerRow, answerRows } from './answer-rows.ts'

export interface LateRefusedModel {
  state: Exclude<LateLinkState, 'valid'> | 'unknown'
  /** Until when it was good; '' of an unknown one. */
  deadline: string
  /** 受付番号 of the answer that came through it; '' where none did. */
  usedBy: string
  /** What was typed, where a form was sent: shown, so that nothing is lost. */
  rows: AnswerRow[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/late-refused': LateRefusedModel
  }
}

export type LateRequest = FastifyRequest<{ Params: { token: string } }>

/** A good link opens the form; an answer is sent to the same address. */
export const LATE_URL = '/late/:token'

const opened = new WeakMap<FastifyRequest, LateLink>()

/** In front of every address behind a late link. One that was used may still be sent to: a second click finds its receipt. */
export function openLateLink({ lateLinks, hospitals }: Stores, now: () => Date) {
  return async (request: LateRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    reply.header('x-robots-tag', 'noindex')
    const found = lateLinks.find(request.params.token, now())
    if (found.state !== 'unknown') opened.set(request, found.link)
    const isSending = request.method === 'POST' && request.routeOptions.url === LATE_URL
    if (found.state === 'valid' || (found.state === 'used' && isSending)) return undefined
    return lateRefusedPage(reply, { lateLinks, hospitals }, now())
  }
}

/** The link that the address opened. */
export function lateLinkOf(request: FastifyRequest): LateLink {
  const link = opened.get(request)
  if (!link) throw new Error('no late link: the address has no token')
  return link
}

export function latePath({ params: { token } }: LateRequest): string {
  return `/late/${token}`
}

/** What was typed; its hospital is the link's. */
export function typedLate(request: LateRequest): TypedForm {
  return { ...typedForm(fieldsOf(request.body)), hospitalCode: lateLinkOf(request).hospitalCode }
}

/** 令和6年3月25日（月）24時00分 */
export function lateDeadline({ expiresAt }: LateLink): string {
  return deadlineText({ closesAt: expiresAt })
}

/** Why the link takes no answer, as it stands now. */
export function lateRefusedPage(
  reply: FastifyReply,
  { lateLinks, hospitals }: Pick<Stores, 'lateLinks' | 'hospitals'>,
  now: Date,
): FastifyReply {
  const request = reply.request as LateRequest
  const found = lateLinks.find(request.params.token, now)
  if (found.state === 'valid') throw new Error('a late link was refused that is good')
  const link = found.state === 'unknown' ? null : found.link
  const typed = link && request.method === 'POST' ? typedLate(request) : null
  return page(reply.code(link ? 410 : 404), 'survey/answer/late-refused', {
    state: found.state,
    deadline: link ? lateDeadline(link) : '',
    usedBy: link?.usedBy ?? '',
    rows: typed ? answerRows(typed, hospitals.byCode) : [],
  })
}
