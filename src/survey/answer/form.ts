import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { askedOf, type FieldErrors, type TypedForm, typedForm } from '../../domain/answer/form.ts'
import type { Extra } from '../../domain/answer/further.ts'
import { OTHER_HOSPITAL, OTHER_HOSPITAL_LABEL } from '../../domain/answer/questions.ts'
import { variantsIn } from '../../domain/text/folding.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { keptShown } from '../../office/kept.ts'
import { type HospitalGroup, hospitalGroups } from '../../office/master/groups.ts'
import { type AnswerFields, answerFields } from '../../web/answer-fields.ts'
import { fieldsOf } from '../../web/fields.ts'
import { besideShown, type QuestionShown } from '../../web/notice-page.ts'
import type { Site } from '../../web/site.ts'
import { page } from '../../web/views.ts'
import { storedExtra, TRAP_FIELD, TRAPPED } from './answering.ts'

/** What the questions need, whichever page asks them. */
export interface QuestionsOfForm extends AnswerFields {
  emrQuestions: QuestionShown[]
  intentQuestions: QuestionShown[]
  consentQuestions: QuestionShown[]
}

interface FormModel extends QuestionsOfForm {
  groups: HospitalGroup[]
  other: { code: string; label: string }
  /** 浜濱濵 崎﨑: for the script that narrows the list. */
  variants: string
  origin: FormOrigin
  /** Something stands in it that was not sent yet. */
  isFilled: boolean
  /** A field to catch programs; '' where it has just caught somebody. */
  trap: string
}

/** Opened anew or come back to; by a link, whose answer may have been sent meanwhile. */
type FormOrigin = 'page' | 'link' | 'sent-link'

interface FormState {
  errors?: FieldErrors
  origin?: FormOrigin
  /** What the answer says to the further questions that was sent from this form before. */
  stored?: Extra
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/form': FormModel
  }
}

export type SurveyForm = ReturnType<typeof surveyForm>

/** The form of the survey, blank or filled. */
export function surveyForm(stores: Stores) {
  const offered = keptShown(stores, (prefectureCode: string) => offeredHospitals(stores, prefectureCode))

  return {
    /** With what was typed; the reply's status is the caller's. */
    page(reply: FastifyReply, typed: TypedForm, state: Omit<FormState, 'stored'> = {}): FastifyReply {
      const { site } = reply.request
      const stored = storedExtra(stores, typed, site)
      const model = formModel(site, offered(site.prefectureCode), typed, { ...state, stored })
      return page(reply, 'survey/answer/form', model)
    },

    /** Before anything was typed: the same for everyone, as a sending gets its number at 確認 only. */
    blank: (site: Site): FormModel =>
      formModel(site, offered(site.prefectureCode), typedForm(fieldsOf({}), site.questions)),
  }
}

/**
 * The questions with what was typed and what is wrong with it, for any page that asks them.
 * @param stored what the answer says to the further questions that is corrected
 */
export function questionsOfForm(
  site: Site,
  typed: TypedForm,
  errors: FieldErrors,
  stored: Extra,
): QuestionsOfForm {
  return {
    ...answerFields(site, typed, errors, askedOf(site.further, stored).questions),
    emrQuestions: besideShown(site, 'emr'),
    intentQuestions: besideShown(site, 'intent'),
    consentQuestions: besideShown(site, 'gmisConsent'),
  }
}

type Offered = Pick<FormModel, 'groups' | 'variants'>

function offeredHospitals({ hospitals }: Pick<Stores, 'hospitals'>, prefectureCode: string): Offered {
  const groups = hospitalGroups(hospitals.operating(), shippedGeography(prefectureCode))
  return { groups, variants: variantsIn(groups.flatMap(searchedTexts)).join(' ') }
}

function formModel(
  site: Site,
  offered: Offered,
  typed: TypedForm,
  { errors = {}, origin = 'page', stored = {} }: FormState = {},
): FormModel {
  return {
    ...questionsOfForm(site, typed, errors, stored),
    ...offered,
    other: { code: OTHER_HOSPITAL, label: OTHER_HOSPITAL_LABEL },
    origin,
    isFilled: Object.entries(typed).some(([field, text]) => field !== 'submissionId' && text !== ''),
    trap: errors === TRAPPED ? '' : TRAP_FIELD,
  }
}

function searchedTexts({ region, options }: HospitalGroup): string[] {
  return [region, ...options.flatMap(({ label, facts }) => [label, facts])]
}
