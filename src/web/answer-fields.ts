import { type FieldErrors, SUBMISSION_FIELDS, type TypedForm } from '../domain/answer/form.ts'
import { QUESTIONS, type Question, type QuestionId } from '../domain/answer/questions.ts'
import { editionExamples, editionYear } from '../domain/survey/edition-examples.ts'
import type { Site } from './site.ts'

/** One question of the form: how it is asked, what was typed, what is wrong with it ('' when nothing). */
interface AnswerField extends Pick<Question, 'choices' | 'required'> {
  name: QuestionId
  /** With its number, where the notice numbers it. */
  label: string
  /** 1,000文字 */
  limit: string
  /** emr=planned: asked where that choice is made; '' where always. */
  shownWith: string
  value: string
  error: string
}

/** What the fields of an answer need, whoever fills them in. */
export interface AnswerFields {
  typed: TypedForm
  field: (name: QuestionId) => AnswerField
  /** One a wrong field, in the page's order, with the anchor of the control. */
  errorSummary: { anchor: string; message: string }[]
  /** 令和9年9月、2027-09 */
  monthExamples: string
}

/** @param questions as they are asked on this page */
export function answerFields(
  site: Site,
  typed: TypedForm,
  errors: FieldErrors,
  questions: readonly Question[] = QUESTIONS,
): AnswerFields {
  return {
    typed,
    field: (name) => answerField(questions.find(({ id }) => id === name)!, typed[name], errors[name] ?? ''),
    errorSummary: errorSummary(errors),
    monthExamples: monthExamples(site),
  }
}

function monthExamples(site: Site): string {
  const { 月: month, '年-月': iso } = editionExamples(editionYear(site))
  return `${month}、${iso}`
}

function answerField(question: Question, value: string, error: string): AnswerField {
  const { id, label, number, choices, limit, required, onlyWith } = question
  return {
    name: id,
    label: [number, label].filter(Boolean).join('　'),
    choices,
    required,
    limit: `${limit.toLocaleString('ja-JP')}文字`,
    shownWith: onlyWith?.join('=') ?? '',
    value,
    error,
  }
}

/** The number of a sending is no question: its link goes to the button that makes one. */
const CONFIRM_BUTTON = 'confirm-button'

function errorSummary(errors: FieldErrors) {
  return SUBMISSION_FIELDS.flatMap((field) => {
    const message = errors[field]
    if (message === undefined) return []
    return [{ anchor: field === 'submissionId' ? CONFIRM_BUTTON : field, message }]
  })
}
