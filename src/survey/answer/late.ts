import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type FieldErrors, parseSubmissionForm, type TypedForm } from '../../domain/answer/form.ts'
import { receiptPath } from '../../domain/answer/submission.ts'
import type { SurveyOptions } from '../options.ts'
import { isHospitalOf, withSubmissionId } from './answering.ts'
import { decisionSheetPage } from './decision-sheet.ts'
import {
  LATE_URL,
  type LateRequest,
  lateDeadline,
  lateLinkOf,
  latePath,
  lateRefusedPage,
  openLateLink,
  typedLate,
} from './late-link.ts'
import { lateConfirmPage, lateFormPage } from './late-pages.ts'
import { webContext } from './send.ts'

/** 期限後受付: one hospital answers once through the link that an officer gave it. 入力 → 確認 → 完了 as in time. */
export function lateRoutes(app: FastifyInstance, { stores, now, mail }: SurveyOptions): void {
  const { hospitals, lateLinks } = stores
  const form = (reply: FastifyReply, typed: TypedForm, errors: FieldErrors = {}) =>
    lateFormPage(reply, stores, typed, errors)

  app.register(async (behindToken) => {
    behindToken.addHook('preHandler', openLateLink(stores, now))

    behindToken.get(LATE_URL, (request: LateRequest, reply) => form(reply, typedLate(request)))

    for (const step of ['form', 'confirm', 'print'])
      behindToken.get(`${LATE_URL}/${step}`, (request: LateRequest, reply) =>
        reply.redirect(latePath(request), 303),
      )

    behindToken.post(`${LATE_URL}/form`, (request: LateRequest, reply) => form(reply, typedLate(request)))

    behindToken.post(`${LATE_URL}/confirm`, (request: LateRequest, reply) => {
      const typed = withSubmissionId(typedLate(request))
      const parsed = parse(typed)
      if (!parsed.ok) return form(reply.code(422), typed, parsed.errors)
      return lateConfirmPage(reply, stores, parsed.submission)
    })

    behindToken.post(`${LATE_URL}/print`, (request: LateRequest, reply) => {
      const typed = withSubmissionId(typedLate(request))
      const parsed = parse(typed)
      if (!parsed.ok) return form(reply.code(422), typed, parsed.errors)
      const late = { path: latePath(request), deadline: lateDeadline(lateLinkOf(request)) }
      return decisionSheetPage(reply, parsed.submission, { hospitals, now: now(), ...late })
    })

    behindToken.post(LATE_URL, (request: LateRequest, reply) => {
      const typed = typedLate(request)
      const parsed = parse(typed)
      const isOpen = lateLinkOf(request).usedAt === null
      if (!parsed.ok)
        return isOpen ? form(reply.code(422), typed, parsed.errors) : lateRefusedPage(reply, stores, now())
      const context = webContext({ at: now(), mail })
      const outcome = lateLinks.save(request.params.token, parsed.submission, context)
      if (outcome.kind === 'link-not-usable') return lateRefusedPage(reply, stores, now())
      // The number of the sending is of an answer that this one cannot correct: it becomes one of its own.
      if (outcome.kind === 'withdrawn' || outcome.kind === 'hospital-changed')
        return lateConfirmPage(reply, stores, { ...parsed.submission, submissionId: randomUUID() }, SENT_ANEW)
      return reply.redirect(receiptPath(outcome.submission), 303)
    })
  })

  function parse(typed: TypedForm) {
    return parseSubmissionForm(typed, isHospitalOf(hospitals))
  }
}

const SENT_ANEW =
  'この画面の回答は、すでに取り下げられています。もう一度回答する場合は、内容を確認して「この内容で回答する」を押してください。新しい回答として受け付けます。'
