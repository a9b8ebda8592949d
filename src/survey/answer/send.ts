import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SaveContext } from '../../db/submissions.ts'
import { isSubmissionId, parseSubmissionForm, type TypedForm, typedForm } from '../../domain/answer/form.ts'
import { confirmationCode, receiptPath, sameContent } from '../../domain/answer/submission.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { SurveyOptions } from '../options.ts'
import { isHospitalOf } from './answering.ts'
import { confirmPage } from './confirm.ts'
import { type FormState, formPage } from './form.ts'
import { withinPeriod } from './period-gate.ts'
import { busyText, sendingLimit } from './sending-limit.ts'
import { isTrapped, TRAPPED } from './trap.ts'

/** 確認 → 完了: the answer is checked again, stored once, and receipted. */
export function sendingRoutes(app: FastifyInstance, { stores, now, mail }: SurveyOptions): void {
  const { hospitals, submissions } = stores
  const parse = (typed: TypedForm) => parseSubmissionForm(typed, isHospitalOf(hospitals))
  const preHandler = [receiptAfterDeadline, withinPeriod(hospitals.byCode)]

  const form = (reply: FastifyReply, typed: TypedForm, state: FormState) =>
    formPage(reply.code(422), hospitals.all(), typed, state)
  const secondsToWait = sendingLimit(app)

  app.post('/survey', { preHandler }, async (request, reply) => {
    const typed = typedForm(fieldsOf(request.body))
    if (isTrapped(request.body)) return form(reply, typed, { errors: TRAPPED, trap: '' })
    const parsed = parse(typed)
    if (!parsed.ok) return form(reply, typed, { errors: parsed.errors })
    const seconds = await secondsToWait(request)
    if (seconds !== null)
      return confirmPage(
        reply.code(429).header('retry-after', seconds),
        parsed.submission,
        stores,
        busyText(seconds),
      )
    const { kind, submission } = submissions.save(parsed.submission, webContext({ at: now(), mail }))
    if (kind === 'withdrawn')
      return confirmPage(reply, { ...parsed.submission, submissionId: randomUUID() }, stores, WITHDRAWN)
    if (kind === 'hospital-changed')
      return form(reply, typed, { errors: { hospitalCode: hospitalChanged(submission.number) } })
    return reply.redirect(receiptPath(submission), 303)
  })

  /** Sent again after the last second, as the first reply got lost: it was received, and must not read as too late. */
  async function receiptAfterDeadline(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    if (request.site.state !== 'closed') return undefined
    const typed = typedForm(fieldsOf(request.body))
    // One look by a unique column comes before everything that costs more: it is open to everybody, and unlimited.
    const known = isSubmissionId(typed.submissionId) ? submissions.bySubmissionId(typed.submissionId) : null
    if (!known) return undefined
    const parsed = parse(typed)
    return parsed.ok && sameContent(known, parsed.submission)
      ? reply.redirect(receiptPath(known), 303)
      : undefined
  }
}

/** Of what a hospital sends itself. */
export function webContext({ at, mail }: Pick<SaveContext, 'at' | 'mail'>): SaveContext {
  return { at, channel: 'web', code: confirmationCode(randomBytes), actor: null, mail }
}

const WITHDRAWN =
  'この回答は、すでに取り下げられています。もう一度回答する場合は、内容を確認して「この内容で回答する」を押してください。新しい回答として受け付けます。'

function hospitalChanged(number: string): string {
  return `この回答は受付番号${number}で受付済みのため、病院を変更できません。内容の訂正であれば、病院名を元の病院に戻してください。別の病院の回答であれば、回答フォームを新しく開いて入力してください。`
}
