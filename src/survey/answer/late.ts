import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import type { LateLink } from '../../db/late-links.ts'
import type { Stores } from '../../db/stores.ts'
import { type QuestionLine, typedLines } from '../../domain/answer/lines.ts'
import { receiptAddress } from '../../domain/answer/receipt.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import type { LateLinkState } from '../../domain/survey/late-link.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { keepAddressSecret } from '../../web/security.ts'
import { page } from '../../web/views.ts'
import type { SurveyOptions } from '../options.ts'
import {
  type Asking,
  answerAgain,
  answering,
  numbered,
  parserFor,
  STORES_NOTHING,
  storedExtra,
  typedIn,
} from './answering.ts'
import { confirmPage, type UnsentPlace } from './confirm.ts'
import { decisionSheetPage } from './decision-sheet.ts'
import { fixedFormPage } from './fixed-form.ts'
import { keptOnItsPage } from './kept.ts'
import { webContext } from './send.ts'
import { askedToWait, tooManyText } from './too-many.ts'

interface LateRefusedModel {
  state: Exclude<LateLinkState, 'valid'> | 'unknown'
  /** Until when it was good; '' of an unknown one. */
  deadline: string
  /** 受付番号 of the answer that came through it; '' where none did. */
  usedBy: string
  /** What was typed, where a form was sent: shown, so that nothing is lost. */
  lines: QuestionLine[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/late-refused': LateRefusedModel
  }
}

type LateRequest = FastifyRequest<{ Params: { token: string } }>

/** A good link opens the form; an answer is sent to the same address. */
const LATE_URL = '/late/:token'

/** 期限後受付: one hospital answers once through the link that an officer gave it. 入力 → 確認 → 完了 as in time. */
export function lateRoutes(app: FastifyInstance, { stores, now, mail }: SurveyOptions): void {
  const findHospital = stores.hospitals.byCode
  const asking = askingByLink(stores, now)
  const kept = keptOnItsPage<LateRequest>('回答', (request, reply, explanation) =>
    answerAgain(asking, request, reply, (submission) =>
      confirmPage(reply, submission, stores, { explanation, place: placeOf(request) }),
    ),
  )

  app.register(async (behindToken) => {
    keepAddressSecret(behindToken)
    behindToken.addHook('preHandler', openLateLink(stores, now))

    behindToken.get(LATE_URL, (request: LateRequest, reply) => asking.form(reply, asking.typed(request), {}))

    for (const step of ['form', 'confirm', 'print'])
      behindToken.get(`${LATE_URL}/${step}`, (request: LateRequest, reply) =>
        reply.redirect(placeOf(request).path, 303),
      )

    behindToken.post(`${LATE_URL}/form`, STORES_NOTHING, (request: LateRequest, reply) =>
      asking.form(reply, asking.typed(request), {}),
    )

    behindToken.post(
      `${LATE_URL}/confirm`,
      STORES_NOTHING,
      answering(numbered(asking), (submission, reply, request) =>
        confirmPage(reply, submission, stores, { place: placeOf(request) }),
      ),
    )

    behindToken.post(
      `${LATE_URL}/print`,
      STORES_NOTHING,
      answering(numbered(asking), (submission, reply, request) =>
        decisionSheetPage(reply, submission, { findHospital, now: now(), place: placeOf(request) }),
      ),
    )

    behindToken.post(LATE_URL, kept, answering(asking, send) as RouteHandlerMethod)
  })

  function send(submission: NewSubmission, reply: FastifyReply, request: LateRequest): FastifyReply {
    const outcome = stores.lateLinks.save(request.params.token, submission, {
      ...webContext({ at: now(), mail }),
      isMatched: true,
    })
    if (outcome.kind === 'link-not-usable') return lateRefusedPage(reply, stores, now())
    if (outcome.kind === 'too-many') {
      const explanation = tooManyText(outcome)
      const place = placeOf(request)
      return confirmPage(askedToWait(reply, outcome, now()), submission, stores, { place, explanation })
    }
    // The number of the sending is of an answer that this one cannot correct: it becomes one of its own.
    if (outcome.kind === 'withdrawn' || outcome.kind === 'hospital-changed') {
      const again = { ...submission, submissionId: randomUUID() }
      return confirmPage(reply, again, stores, { place: placeOf(request), explanation: SENT_ANEW })
    }
    return reply.redirect(receiptAddress(outcome.submission), 303)
  }
}

/** The form for the link's hospital. Once it was used, no form helps: what was typed shows with the reason. */
function askingByLink(stores: Stores, now: () => Date): Asking<LateRequest> {
  return {
    typed: typedLate,
    parse: parserFor(stores),
    form: (reply, typed, errors) => {
      const request = reply.request as LateRequest
      const { hospitalCode, usedAt } = lateLinkOf(request)
      if (usedAt) return lateRefusedPage(reply, stores, now())
      const { path, lateDeadline: deadline } = placeOf(request)
      const findHospital = stores.hospitals.byCode
      const reason = { kind: 'late', deadline } as const
      const stored = storedExtra(stores, typed, request.site)
      return fixedFormPage(reply, { reason, path, hospitalCode, typed, errors, stored, findHospital })
    },
  }
}

const opened = new WeakMap<FastifyRequest, LateLink>()

/** In front of every address behind a late link. One that was used may still be sent to: a second click finds its receipt. */
function openLateLink(stores: Stores, now: () => Date) {
  return async (request: LateRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const found = stores.lateLinks.find(request.params.token, now())
    if (found.state !== 'unknown') opened.set(request, found.link)
    const isSending = request.method === 'POST' && request.routeOptions.url === LATE_URL
    if (found.state === 'valid' || (found.state === 'used' && isSending)) return undefined
    return lateRefusedPage(reply, stores, now())
  }
}

/** The link that the address opened. */
function lateLinkOf(request: FastifyRequest): LateLink {
  const link = opened.get(request)
  if (!link) throw new Error('no late link: the address has no token')
  return link
}

function placeOf(request: LateRequest): UnsentPlace {
  return {
    path: `/late/${request.params.token}`,
    lateDeadline: deadlineText({ closesAt: lateLinkOf(request).expiresAt }),
  }
}

/** What was typed; its hospital is the link's. */
function typedLate(request: FastifyRequest) {
  return { ...typedIn(request), hospitalCode: lateLinkOf(request).hospitalCode }
}

/** Why the link takes no answer, as it stands now. */
function lateRefusedPage(
  reply: FastifyReply,
  { lateLinks, hospitals }: Pick<Stores, 'lateLinks' | 'hospitals'>,
  now: Date,
): FastifyReply {
  const request = reply.request as LateRequest
  const found = lateLinks.find(request.params.token, now)
  if (found.state === 'valid') throw new Error('a late link was refused that is good')
  const link = found.state === 'unknown' ? null : found.link
  return page(reply.code(link ? 410 : 404), 'survey/answer/late-refused', {
    state: found.state,
    deadline: link ? deadlineText({ closesAt: link.expiresAt }) : '',
    usedBy: link?.usedBy ?? '',
    lines:
      link && request.method === 'POST'
        ? typedLines(typedLate(request), hospitals.byCode, request.site.questions)
        : [],
  })
}

const SENT_ANEW =
  'この画面の回答は、既に取り下げられています。もう一度回答する場合は、内容を確認して「この内容で回答する」を押してください。新しい回答として受け付けます。'
