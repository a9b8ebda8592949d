import { OTHER_HOSPITAL, type SubmissionField, type TypedForm } from '../../domain/answer/form.ts'
import { CONSENT_CHOICES, EMR_CHOICES, INTENT_CHOICES } from '../../domain/answer/questionnaire.ts'
import { type Hospital, hospitalText } from '../../domain/master/hospital.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { monthText } from '../../domain/text/dates.ts'
import { FIELD_LABELS } from './field-labels.ts'

/** One line of an answer as a person reads it: 確認, the receipt, and what a refused sender may copy. */
export interface AnswerRow {
  field: SubmissionField
  label: string
  text: string
}

export type FindHospital = (code: string) => Hospital | null

/** The questions in the page's order. Those behind a choice show where that choice was made or something was typed. */
export function answerRows(form: TypedForm, findHospital: FindHospital): AnswerRow[] {
  return SHOWN_FIELDS.filter((field) => isAsked(field, form) || form[field] !== '').map((field) => ({
    field,
    label: FIELD_LABELS[field],
    text: answerText(field, form[field], findHospital) || '（記入なし）',
  }))
}

const SHOWN_FIELDS = Object.keys(FIELD_LABELS) as (keyof typeof FIELD_LABELS)[]

function isAsked(field: SubmissionField, form: TypedForm): boolean {
  if (field === 'hospitalName' || field === 'hospitalAddress' || field === 'hospitalBeds')
    return form.hospitalCode === OTHER_HOSPITAL
  if (field === 'masterCorrection') return false
  return field !== 'emrPlannedMonth' || form.emr === 'planned'
}

function answerText(field: SubmissionField, value: string, findHospital: FindHospital): string {
  switch (field) {
    case 'hospitalCode':
      return hospitalAnswer(value, findHospital)
    case 'hospitalBeds':
      return /^\d+$/.test(value) ? `${value}床` : value
    case 'emr':
      return choiceText(EMR_CHOICES, value)
    case 'emrPlannedMonth':
      return /^\d{4}-\d{2}$/.test(value) ? monthText(value) : value
    case 'intent':
      return choiceText(INTENT_CHOICES, value)
    case 'gmisConsent':
      return choiceText(CONSENT_CHOICES, value)
    default:
      return value
  }
}

function hospitalAnswer(code: string, findHospital: FindHospital): string {
  if (code === OTHER_HOSPITAL) return '一覧にない病院'
  const hospital = findHospital(code)
  return hospital ? hospitalText(hospital) : code
}

/** What is no choice shows as it was sent: a refused sender sees all of it. */
function choiceText(choices: readonly Choice<string>[], id: string): string {
  return choices.find((choice) => choice.id === id)?.label ?? id
}
