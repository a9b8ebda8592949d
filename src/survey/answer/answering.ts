import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { isSubmissionId, parseSubmissionForm, type TypedForm, typedForm } from '../../domain/answer/form.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { SurveyOptions } from '../options.ts'
import { blankForm } from './blank-form.ts'
import { confirmPage } from './confirm.ts'
import { decisionSheetPage } from './decision-sheet.ts'
import { type FormState, formPage } from './form.ts'
import { withinPeriod } from './period-gate.ts'
import { isTrapped, TRAPPED } from './trap.ts'

/** 入力 → 確認. Nothing is kept on the server in between: each page carries the whole answer. */
export function answeringRoutes(app: FastifyInstance, { stores, now }: SurveyOptions): void {
  const { hospitals } = stores
  const onlyInPeriod = { preHandler: withinPeriod(hospitals.byCode) }
  const form = (reply: FastifyReply, typed: TypedForm, state: FormState = {}) =>
    formPage(reply, hospitals.all(), typed, state)

  const blank = blankForm(hospitals)
  app.get('/survey', { ...onlyInPeriod, compress: false }, (_request, reply) => blank(reply))

  // Asked for by GET these pages have nothing to show: an address typed or kept leads to the form.
  for (const url of ['/survey/form', '/survey/confirm', '/survey/print'])
    app.get(url, (_request, reply) => reply.redirect('/survey', 303))

  app.post('/survey/form', onlyInPeriod, (request, reply) => form(reply, typedForm(fieldsOf(request.body))))

  const complete =
    (show: (reply: FastifyReply, submission: NewSubmission) => FastifyReply) =>
    (request: FastifyRequest, reply: FastifyReply) => {
      const typed = withSubmissionId(typedForm(fieldsOf(request.body)))
      if (isTrapped(request.body)) return form(reply.code(422), typed, { errors: TRAPPED, trap: '' })
      const parsed = parseSubmissionForm(typed, isHospitalOf(hospitals))
      if (!parsed.ok) return form(reply.code(422), typed, { errors: parsed.errors })
      return show(reply, parsed.submission)
    }

  app.post(
    '/survey/confirm',
    onlyInPeriod,
    complete((reply, submission) => confirmPage(reply, submission, stores)),
  )
  app.post(
    '/survey/print',
    onlyInPeriod,
    complete((reply, submission) => decisionSheetPage(reply, submission, { hospitals, now: now() })),
  )
}

export function isHospitalOf(hospitals: Stores['hospitals']): (code: string) => boolean {
  return (code) => hospitals.byCode(code) !== null
}

/** The number that makes a second click harmless; one that is none is replaced, as nothing was stored under it. */
export function withSubmissionId(typed: TypedForm): TypedForm {
  return isSubmissionId(typed.submissionId) ? typed : { ...typed, submissionId: randomUUID() }
}
