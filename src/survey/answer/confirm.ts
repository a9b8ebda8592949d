import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { formOf, type TypedForm } from '../../domain/answer/form.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { answerHints } from '../../domain/selection/words/obstacle.ts'
import { page } from '../../web/views.ts'
import { type AnswerRow, answerRows } from './answer-rows.ts'
import { type HospitalFacts, hospitalFacts } from './hospital-facts.ts'

export interface ConfirmModel {
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
    'survey/answer/confirm': ConfirmModel
  }
}

/** 確認: what will be stored, after normalisation. */
export function confirmPage(
  reply: FastifyReply,
  submission: NewSubmission,
  { hospitals, policies }: Pick<Stores, 'hospitals' | 'policies'>,
  explanation = '',
): FastifyReply {
  const form = formOf(submission)
  return page(reply, 'survey/answer/confirm', {
    form,
    facts: hospitalFacts(form, hospitals.byCode),
    rows: answerRows(form, hospitals.byCode),
    hints: answerHints(submission.answers, policies.current().policy.supportPeriodEnd),
    explanation,
  })
}
