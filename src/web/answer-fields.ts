import type { FieldErrors, TypedForm } from '../domain/answer/form.ts'
import type { AskedId, Question } from '../domain/answer/questions.ts'
import { isFurther } from '../domain/answer/with-further.ts'
import { editionExamples, editionYear } from '../domain/survey/edition-examples.ts'
import type { Choice } from '../domain/text/choice.ts'
import { grouped } from '../domain/text/grouped.ts'
import type { Site } from './site.ts'

/** One question of the form: how it is asked, what was typed, what is wrong with it ('' when nothing). */
export interface AnswerField extends Pick<Question, 'required' | 'kind' | 'support'> {
  name: AskedId
  choices: readonly Choice<string>[]
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
  field: (name: AskedId) => AnswerField
  /** The further questions of this edition, in their order. */
  further: AnswerField[]
  /** One a wrong field, in the page's order, with the anchor of the control. */
  errorSummary: { anchor: string; message: string }[]
  /** 令和9年9月、2027-09 */
  monthExamples: string
}

/** @param questions as they are asked on this page, and of this answer */
export function answerFields(
  site: Site,
  typed: TypedForm,
  errors: FieldErrors,
  questions: readonly Question[],
): AnswerFields {
  const shown = (question: Question) =>
    answerFieldOf(question, typed[question.id] ?? '', errors[question.id] ?? '')
  return {
    typed,
    field: (name) => shown(questions.find(({ id }) => id === name)!),
    further: questions.filter(isFurther).map(shown),
    errorSummary: errorSummary(errors, questions),
    monthExamples: monthExamples(site),
  }
}

function monthExamples(site: Site): string {
  const { 月: month, '年-月': iso } = editionExamples(editionYear(site))
  return `${month}、${iso}`
}

/** One question by itself: how it is asked. */
export function answerFieldOf(question: Question, value = '', error = ''): AnswerField {
  const { id, label, number, limit, required, onlyWith, kind } = question
  return {
    name: id,
    label: [number, label].filter(Boolean).join('　'),
    choices: choicesOf(question),
    required,
    kind,
    support: supportOf(question),
    limit: `${grouped(limit)}文字`,
    shownWith: onlyWith?.join('=') ?? '',
    value,
    error,
  }
}

/** What need not be answered can be left again, once something was chosen. */
function choicesOf({ choices, required }: Question): readonly Choice<string>[] {
  return required || choices.length === 0 ? choices : [...choices, { id: '', label: '回答しない' }]
}

function supportOf({ kind, unit, limit, support }: Question): string {
  if (kind === 'number') return `${support}${unit ? `単位は「${unit}」です。` : ''}数字で入力してください。`
  return support || (kind === 'line' ? `${grouped(limit)}文字以内で入力してください。` : '')
}

/** The number of a sending is no question: its link goes to the button that makes one. */
const CONFIRM_BUTTON = 'confirm-button'

function errorSummary(errors: FieldErrors, questions: readonly Question[]) {
  const fields = ['submissionId' as const, ...questions.map(({ id }) => id)]
  return fields.flatMap((field) => {
    const message = errors[field]
    if (message === undefined) return []
    return [{ anchor: field === 'submissionId' ? CONFIRM_BUTTON : field, message }]
  })
}
