import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type FieldErrors, formOf, OTHER_HOSPITAL, type TypedForm } from '../../domain/answer/form.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { receiptPath } from '../../domain/answer/submission.ts'
import { answerHints } from '../../domain/selection/words/obstacle.ts'
import { page } from '../../web/views.ts'
import { type ComparedRow, comparedRows } from '../answer/answer-changes.ts'
import { answerRows } from '../answer/answer-rows.ts'
import { type QuestionsOfForm, questionsOfForm } from '../answer/form.ts'
import { type HospitalFacts, hospitalFacts } from '../answer/hospital-facts.ts'
import { receiptOf } from './access.ts'
import { storedForm } from './history.ts'

export interface CorrectionFormModel extends QuestionsOfForm {
  path: string
  number: string
  /** The version on which the correction is based: carried on, so that no other one is written over unseen. */
  version: number
  hospital: string
  /** Of the master, or `other`. */
  hospitalCode: string
  isOther: boolean
  facts: HospitalFacts | null
  /** Something stands in it that was not sent yet. */
  isFilled: boolean
}

export interface CorrectionConfirmModel {
  path: string
  number: string
  /** Every value as it will be stored: sent back by each button of the page. */
  form: TypedForm
  version: number
  rows: ComparedRow[]
  changed: number
  hints: string[]
  /** The answer was corrected by another page since this one was opened. */
  isStale: boolean
  correctedAt: Date
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/correction': CorrectionFormModel
    'survey/receipt/correction-confirm': CorrectionConfirmModel
  }
}

/** The form with the stored answers, or with what was typed; the reply's status is the caller's. */
export function correctionFormPage(
  reply: FastifyReply,
  { hospitals }: Stores,
  { typed, version, errors = {} }: { typed: TypedForm; version: number; errors?: FieldErrors },
): FastifyReply {
  const submission = receiptOf(reply.request)
  const { hospitalCode } = storedForm(submission)
  const [hospital] = answerRows({ ...typed, hospitalCode }, hospitals.byCode)
  return page(reply, 'survey/receipt/correction', {
    ...questionsOfForm(reply.request.site, typed, errors),
    path: receiptPath(submission),
    number: submission.number,
    version,
    hospital: hospital!.text,
    hospitalCode,
    isOther: hospitalCode === OTHER_HOSPITAL,
    facts: hospitalFacts({ hospitalCode }, hospitals.byCode),
    isFilled: reply.request.method === 'POST',
  })
}

/** 確認: what will be stored beside what is stored. It is based on the version that it shows as the earlier one. */
export function correctionConfirmPage(
  reply: FastifyReply,
  { hospitals, policies, submissions }: Stores,
  corrected: NewSubmission,
  { isStale = false } = {},
): FastifyReply {
  const stored = submissions.byNumber(receiptOf(reply.request).number)!
  const form = formOf(corrected)
  const rows = comparedRows(storedForm(stored), form, hospitals.byCode)
  return page(reply, 'survey/receipt/correction-confirm', {
    path: receiptPath(stored),
    number: stored.number,
    form,
    version: stored.version,
    rows,
    changed: rows.filter(({ before }) => before !== null).length,
    hints: answerHints(corrected.answers, policies.current().policy.supportPeriodEnd),
    isStale,
    correctedAt: stored.correctedAt,
  })
}
