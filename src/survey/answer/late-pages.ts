import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type FieldErrors, formOf, type TypedForm } from '../../domain/answer/form.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { hospitalText } from '../../domain/master/hospital.ts'
import { answerHints } from '../../domain/selection/words/obstacle.ts'
import { page } from '../../web/views.ts'
import { type AnswerRow, answerRows } from './answer-rows.ts'
import { type QuestionsOfForm, questionsOfForm } from './form.ts'
import { type HospitalFacts, hospitalFacts } from './hospital-facts.ts'
import { type LateRequest, lateDeadline, lateLinkOf, latePath } from './late-link.ts'

export interface LateFormModel extends QuestionsOfForm {
  path: string
  /** The link's own. */
  deadline: string
  hospital: string
  hospitalCode: string
  isOther: false
  facts: HospitalFacts | null
  /** Something stands in it that was not sent yet. */
  isFilled: boolean
}

export interface LateConfirmModel {
  path: string
  deadline: string
  /** Every value as it will be stored: sent back by each button of the page. */
  form: TypedForm
  facts: HospitalFacts | null
  rows: AnswerRow[]
  hints: string[]
  /** Why the answer has to be confirmed again; '' at the first time. */
  explanation: string
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/late': LateFormModel
    'survey/answer/late-confirm': LateConfirmModel
  }
}

/** The form with what was typed, for the link's hospital; the reply's status is the caller's. */
export function lateFormPage(
  reply: FastifyReply,
  { hospitals }: Stores,
  typed: TypedForm,
  errors: FieldErrors,
): FastifyReply {
  const { hospitalCode } = lateLinkOf(reply.request)
  return page(reply, 'survey/answer/late', {
    ...questionsOfForm(reply.request.site, typed, errors),
    ...linkFacts(reply),
    hospital: hospitalText(hospitals.byCode(hospitalCode)!),
    hospitalCode,
    isOther: false,
    facts: hospitalFacts({ hospitalCode }, hospitals.byCode),
    isFilled: reply.request.method === 'POST',
  })
}

/** 確認: what will be stored, after normalisation. */
export function lateConfirmPage(
  reply: FastifyReply,
  { hospitals, policies }: Stores,
  submission: NewSubmission,
  explanation = '',
): FastifyReply {
  const form = formOf(submission)
  return page(reply, 'survey/answer/late-confirm', {
    ...linkFacts(reply),
    form,
    facts: hospitalFacts(form, hospitals.byCode),
    rows: answerRows(form, hospitals.byCode),
    hints: answerHints(submission.answers, policies.current().policy.supportPeriodEnd),
    explanation,
  })
}

function linkFacts({ request }: FastifyReply): { path: string; deadline: string } {
  return { path: latePath(request as LateRequest), deadline: lateDeadline(lateLinkOf(request)) }
}
