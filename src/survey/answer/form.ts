import type { FastifyReply } from 'fastify'
import {
  type FieldErrors,
  OTHER_HOSPITAL,
  SUBMISSION_FIELDS,
  type SubmissionField,
  type TypedForm,
} from '../../domain/answer/form.ts'
import { CONSENT_CHOICES, EMR_CHOICES, INTENT_CHOICES } from '../../domain/answer/questionnaire.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { dayText } from '../../domain/text/dates.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type HospitalGroup, hospitalGroups } from '../../office/master/groups.ts'
import type { Site } from '../../web/site.ts'
import { page } from '../../web/views.ts'
import { type QuestionAndAnswer, selectedQuestions } from '../notice/questions-and-answers.ts'
import { FIELD_LABELS } from './field-labels.ts'
import { TRAP_FIELD } from './trap.ts'

/** One question of the form: what it is called, what was typed, what is wrong with it ('' when nothing). */
interface FieldModel {
  name: SubmissionField
  label: string
  value: string
  error: string
}

/** What the questions need, whichever page asks them. */
export interface QuestionsOfForm {
  typed: TypedForm
  field: (name: keyof typeof FIELD_LABELS) => FieldModel
  /** One a wrong field, in the page's order, with the anchor of the control. */
  errorSummary: { anchor: string; message: string }[]
  choices: typeof CHOICES
  emrQuestions: QuestionAndAnswer[]
  intentQuestions: QuestionAndAnswer[]
  gmisSurveyOn: string
}

export interface FormModel extends QuestionsOfForm {
  groups: HospitalGroup[]
  other: typeof OTHER_HOSPITAL
  origin: FormOrigin
  /** Something stands in it that was not sent yet. */
  isFilled: boolean
  /** A field to catch programs; '' where it has just caught somebody. */
  trap: string
}

/** Opened anew or come back to; by a link, whose answer may have been sent meanwhile. */
export type FormOrigin = 'page' | 'link' | 'sent-link'

export interface FormState {
  errors?: FieldErrors
  origin?: FormOrigin
  trap?: string
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/form': FormModel
  }
}

const CHOICES = { emr: EMR_CHOICES, intent: INTENT_CHOICES, gmisConsent: CONSENT_CHOICES }

/** The form with what was typed; the reply's status is the caller's. */
export function formPage(
  reply: FastifyReply,
  hospitals: readonly Hospital[],
  typed: TypedForm,
  state: FormState = {},
): FastifyReply {
  return page(reply, 'survey/answer/form', formModel(reply.request.site, hospitals, typed, state))
}

export function formModel(
  site: Site,
  hospitals: readonly Hospital[],
  typed: TypedForm,
  { errors = {}, origin = 'page', trap = TRAP_FIELD }: FormState = {},
): FormModel {
  return {
    ...questionsOfForm(site, typed, errors),
    groups: hospitalGroups(hospitals, shippedGeography(site.prefectureCode)),
    other: OTHER_HOSPITAL,
    origin,
    isFilled: SUBMISSION_FIELDS.some((field) => field !== 'submissionId' && typed[field] !== ''),
    trap,
  }
}

export function questionsOfForm(site: Site, typed: TypedForm, errors: FieldErrors): QuestionsOfForm {
  return {
    typed,
    field: (name) => ({ name, label: FIELD_LABELS[name], value: typed[name], error: errors[name] ?? '' }),
    errorSummary: errorSummary(errors),
    choices: CHOICES,
    emrQuestions: selectedQuestions(site, [1, 2]),
    intentQuestions: selectedQuestions(site, [4, 5, 6, 13]),
    gmisSurveyOn: dayText(site.gmisSurveyOn),
  }
}

/** The number of a sending is no question: its link goes to the button that makes one. */
export const CONFIRM_BUTTON = 'confirm-button'

function errorSummary(errors: FieldErrors) {
  return SUBMISSION_FIELDS.flatMap((field) => {
    const message = errors[field]
    if (message === undefined) return []
    return [{ anchor: field === 'submissionId' ? CONFIRM_BUTTON : field, message }]
  })
}
