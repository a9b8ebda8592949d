import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { formOf, type TypedForm } from '../../domain/answer/form.ts'
import { answerLines, type FindHospital, type QuestionLine } from '../../domain/answer/lines.ts'
import type { Question } from '../../domain/answer/questions.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { hintsOf, type PolicyStores } from '../../office/policy.ts'
import { page } from '../../web/views.ts'

/** An answer that was not sent yet, as every page before the sending shows it. */
export interface UnsentAnswer {
  /** Every value as it will be stored: sent back by each button of the page. */
  form: TypedForm
  facts: HospitalFacts | null
  lines: QuestionLine[]
}

/** What the prefecture knows of the chosen hospital and selects by: shown, so that somebody checks it. */
export interface HospitalFacts {
  beds: number
  region: string
}

interface ConfirmModel extends UnsentAnswer, UnsentPlace {
  hints: string[]
  /** Why the answer has to be confirmed again; '' at the first time. */
  explanation: string
}

/** Where an unsent answer goes on: `/survey`, or the address of a late link, which has a deadline of its own. */
export interface UnsentPlace {
  path: string
  lateDeadline: string
}

export const IN_PERIOD: UnsentPlace = { path: '/survey', lateDeadline: '' }

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/confirm': ConfirmModel
  }
}

/** 確認: what will be stored, after normalisation. */
export function confirmPage(
  reply: FastifyReply,
  submission: NewSubmission,
  stores: PolicyStores & Pick<Stores, 'hospitals'>,
  { explanation = '', place = IN_PERIOD }: { explanation?: string; place?: UnsentPlace } = {},
): FastifyReply {
  return page(reply, 'survey/answer/confirm', {
    ...unsentAnswer(submission, stores.hospitals.byCode, reply.request.site.questions),
    ...place,
    hints: hintsOf(stores, submission.answers),
    explanation,
  })
}

export function unsentAnswer(
  submission: NewSubmission,
  findHospital: FindHospital,
  questions: readonly Question[],
): UnsentAnswer {
  const form = formOf(submission, questions)
  const hospital = findHospital(form.hospitalCode)
  return {
    form,
    facts: factsOf(hospital),
    lines: answerLines(submission, () => hospital, questions),
  }
}

/** Null for one that is not in the master. */
export function hospitalFacts(hospitalCode: string, findHospital: FindHospital): HospitalFacts | null {
  return factsOf(findHospital(hospitalCode))
}

function factsOf(hospital: Hospital | null): HospitalFacts | null {
  return hospital && { beds: hospital.beds, region: hospital.region }
}
