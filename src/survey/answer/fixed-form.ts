import type { FastifyReply } from 'fastify'
import type { FieldErrors, TypedForm } from '../../domain/answer/form.ts'
import type { Extra } from '../../domain/answer/further.ts'
import { type FindHospital, typedLines } from '../../domain/answer/lines.ts'
import { OTHER_HOSPITAL } from '../../domain/answer/questions.ts'
import { page } from '../../web/views.ts'
import { type HospitalFacts, hospitalFacts } from './confirm.ts'
import { type QuestionsOfForm, questionsOfForm } from './form.ts'

/** Why the form is asked of one hospital only. */
type FixedFormReason =
  | { kind: 'late'; deadline: string }
  | { kind: 'invitation'; received: ReceivedAnswer | null; isResumed: boolean }
  | { kind: 'correction'; number: string; version: number }

/** The answer of the hospital that counts already. */
export interface ReceivedAnswer {
  number: string
  at: string
}

interface FixedFormModel extends QuestionsOfForm {
  reason: FixedFormReason
  /** Before `/confirm`. */
  path: string
  hospital: string
  /** Of the master, or `other`. */
  hospitalCode: string
  isOther: boolean
  facts: HospitalFacts | null
  /** Something stands in it that was not sent yet. */
  isFilled: boolean
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/fixed-form': FixedFormModel
  }
}

interface FixedForm extends Pick<FixedFormModel, 'reason' | 'path' | 'hospitalCode'> {
  typed: TypedForm
  errors: FieldErrors
  /** What the answer says to the further questions that is corrected, or sent again. */
  stored: Extra
  findHospital: FindHospital
}

/** The form for the one hospital whose answer is awaited or corrected; the reply's status is the caller's. */
export function fixedFormPage(
  reply: FastifyReply,
  { typed, errors, stored, findHospital, hospitalCode, ...form }: FixedForm,
): FastifyReply {
  const { site, method } = reply.request
  const [hospital] = typedLines({ ...typed, hospitalCode }, findHospital)
  return page(reply, 'survey/answer/fixed-form', {
    ...questionsOfForm(site, typed, errors, stored),
    ...form,
    hospital: hospital!.text,
    hospitalCode,
    isOther: hospitalCode === OTHER_HOSPITAL,
    facts: hospitalFacts(hospitalCode, findHospital),
    isFilled: method === 'POST',
  })
}
