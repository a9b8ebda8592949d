import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../db/stores.ts'
import {
  type FieldErrors,
  isSubmissionId,
  parseSubmissionForm,
  type TypedForm,
  typedForm,
} from '../domain/submission-form.ts'
import { blankForm } from './blank-form.ts'
import { confirmPage } from './confirm-page.ts'
import { formPage } from './form-page.ts'
import { withinPeriod } from './period-gate.ts'

/** 入力 → 確認. Nothing is kept on the server in between: each page carries the whole answer. */
export function answeringRoutes(app: FastifyInstance, stores: Stores): void {
  const { hospitals } = stores
  const onlyInPeriod = { preHandler: withinPeriod(hospitals.byCode) }
  const form = (reply: FastifyReply, typed: TypedForm, errors: FieldErrors) =>
    formPage(reply, hospitals.all(), typed, errors)

  const blank = blankForm(hospitals)
  app.get('/survey', { ...onlyInPeriod, compress: false }, (_request, reply) => blank(reply))

  // Asked for by GET these pages have nothing to show: an address typed or kept leads to the form.
  for (const url of ['/survey/form', '/survey/confirm'])
    app.get(url, (_request, reply) => reply.redirect('/survey', 303))

  app.post('/survey/form', onlyInPeriod, (request, reply) => form(reply, typedForm(request.body), {}))

  app.post('/survey/confirm', onlyInPeriod, (request, reply) => {
    const typed = withSubmissionId(typedForm(request.body))
    const parsed = parseSubmissionForm(typed, isHospitalOf(hospitals))
    if (!parsed.ok) return form(reply.code(422), typed, parsed.errors)
    return confirmPage(reply, parsed.submission, stores)
  })
}

export function isHospitalOf(hospitals: Stores['hospitals']): (code: string) => boolean {
  return (code) => hospitals.byCode(code) !== null
}

/** The number that makes a second click harmless; one that is none is replaced, as nothing was stored under it. */
function withSubmissionId(typed: TypedForm): TypedForm {
  return isSubmissionId(typed.submissionId) ? typed : { ...typed, submissionId: randomUUID() }
}
