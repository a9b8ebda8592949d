import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import type { SaveContext } from '../../db/submissions.ts'
import { isSubmissionId } from '../../domain/answer/form.ts'
import { receiptAddress } from '../../domain/answer/receipt.ts'
import { type NewSubmission, sameContent } from '../../domain/answer/submission.ts'
import type { SurveyOptions } from '../options.ts'
import { type Asking, answerAgain, answering } from './answering.ts'
import { confirmPage, IN_PERIOD, type UnsentPlace } from './confirm.ts'
import { withinPeriod } from './gate.ts'
import { keptOnItsPage } from './kept.ts'
import { askedToWait, tooManyText } from './too-many.ts'

/** By which address an answer comes in: the form that is open to all, or a link of the hospital's own. */
interface Door<Request extends FastifyRequest = FastifyRequest> {
  /** As it is registered. */
  url: string
  placeOf: (request: Request) => UnsentPlace
  /** 照合済 is what comes through it. */
  isMatched: boolean
}

export const OPEN_DOOR: Door = { url: '/survey', placeOf: () => IN_PERIOD, isMatched: false }

/** 確認 → 完了: the answer is checked again, stored once, and receipted. */
export function sendingRoute<Request extends FastifyRequest>(
  app: FastifyInstance,
  { stores, now, mail }: SurveyOptions,
  asking: Asking<Request>,
  { url, placeOf, isMatched }: Door<Request>,
): void {
  const { hospitals, submissions } = stores
  const preHandler = [receiptAfterDeadline, withinPeriod(hospitals.byCode)]
  const secondsToWait = sendingLimit(app)
  const kept = keptOnItsPage<Request>('回答', (request, reply, explanation) =>
    answerAgain(asking, request, reply, (submission) =>
      confirmPage(reply, submission, stores, { explanation, place: placeOf(request) }),
    ),
  )

  app.post(url, { preHandler, ...kept }, answering(asking, send) as RouteHandlerMethod)

  async function send(
    submission: NewSubmission,
    reply: FastifyReply,
    request: Request,
  ): Promise<FastifyReply> {
    const place = placeOf(request)
    const confirmAgain = (again: NewSubmission, explanation: string) =>
      confirmPage(reply, again, stores, { explanation, place })
    const seconds = await secondsToWait(request)
    if (seconds !== null) {
      reply.code(429).header('retry-after', seconds)
      return confirmAgain(submission, busyText(seconds))
    }
    const mustMatch = request.site.unmatchedAnswersWait
    const context = { ...webContext({ at: now(), mail }), isMatched, mustMatch }
    const saved = await stores.withOthers(() => submissions.save(submission, context))
    if (saved.kind === 'too-many') {
      askedToWait(reply, saved, now())
      return confirmAgain(submission, tooManyText(saved))
    }
    if (saved.kind === 'withdrawn')
      return confirmAgain({ ...submission, submissionId: randomUUID() }, WITHDRAWN)
    if (saved.kind === 'hospital-changed') {
      const errors = { hospitalCode: hospitalChanged(saved.submission.number) }
      return asking.form(reply.code(422), asking.typed(request), errors)
    }
    return reply.redirect(receiptAddress(saved.submission), 303)
  }

  /** Sent again after the last second, as the first reply got lost: it was received, and must not read as too late. */
  async function receiptAfterDeadline(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    if (request.site.state !== 'closed') return undefined
    const typed = asking.typed(request as Request)
    // One look by a unique column comes before everything that costs more: it is open to everybody, and unlimited.
    const known = isSubmissionId(typed.submissionId) ? submissions.bySubmissionId(typed.submissionId) : null
    if (!known) return undefined
    const parsed = asking.parse(typed, request as Request)
    return parsed.ok && sameContent(known, parsed.submission)
      ? reply.redirect(receiptAddress(known), 303)
      : undefined
  }
}

/** Of what a hospital sends itself. */
export function webContext({ at, mail }: Pick<SaveContext, 'at' | 'mail'>): SaveContext {
  return { at, channel: 'web', actor: null, mail }
}

/** By address: a proxy may stand for many hospitals, which all answer in the last hour. A program sends far more. */
export const SENDINGS = { max: 300, timeWindow: '10 minutes' }

/** Counts a sending. @returns the seconds after which the next one is taken; null while there are some left */
function sendingLimit(app: FastifyInstance): (request: FastifyRequest) => Promise<number | null> {
  const limit = app.createRateLimit(SENDINGS)
  return async (request) => {
    const status = await limit(request)
    return status.isAllowed || !status.isExceeded ? null : status.ttlInSeconds
  }
}

/** Shown on 確認, where everything stays as it was typed. */
function busyText(seconds: number): string {
  return `短い時間に多くの回答が届いているため、この回答はまだ受け付けていません。入力した内容は、このページに残っています。${Math.ceil(seconds / 60)}分ほど待ってから、このページの「この内容で回答する」を、もう一度押してください。`
}

const WITHDRAWN =
  'この回答は、既に取り下げられています。もう一度回答する場合は、内容を確認して「この内容で回答する」を押してください。新しい回答として受け付けます。'

function hospitalChanged(number: string): string {
  return `この回答は受付番号${number}で受付済みのため、病院を変更できません。内容の訂正であれば、病院名を元の病院に戻してください。別の病院の回答であれば、回答フォームを新しく開いて入力してください。`
}
