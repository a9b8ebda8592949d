import { z } from 'zod'
import { choiceOf } from '../text/choice.ts'
import { EMR_CHOICES, INTENT_CHOICES } from './choices.ts'
import {
  address,
  beds,
  choice,
  email,
  hospitalCode,
  type KeyOf,
  line,
  lines,
  month,
  phone,
  required,
  wholeNumber,
} from './fields.ts'
import {
  askedFurther,
  type Extra,
  endedAnswers,
  type FurtherField,
  type FurtherQuestion,
  furtherField,
} from './further.ts'
import {
  type AskedId,
  isAsked,
  OTHER_HOSPITAL,
  QUESTIONS,
  type Question,
  type QuestionId,
  type Said,
} from './questions.ts'
import type { HospitalReference, NewSubmission } from './submission.ts'
import { isFurther, questionsWith } from './with-further.ts'

/** The form's fields. The names are a contract with outsiders. */
export type SubmissionField = 'submissionId' | AskedId
/** Of every edition, in the order of the page. */
export const SUBMISSION_FIELDS: readonly ('submissionId' | QuestionId)[] = [
  'submissionId',
  ...QUESTIONS.map(({ id }) => id),
]

/** What a browser sent, as typed, in the order of the page: every field a string, '' where it was absent. */
export type TypedForm = Record<'submissionId' | QuestionId, string> & Readonly<Record<FurtherField, string>>
export type FieldErrors = Partial<Record<SubmissionField, string>>
export type ParsedForm = { ok: true; submission: NewSubmission } | { ok: false; errors: FieldErrors }

/** The form's own fields out of what was sent; what the form has not is passed over. */
export function typedForm(
  fields: { get(name: string): string },
  questions: readonly Question[] = QUESTIONS,
): TypedForm {
  const names = ['submissionId', ...questions.map(({ id }) => id)]
  return Object.fromEntries(names.map((name) => [name, fields.get(name)])) as unknown as TypedForm
}

/** What somebody is asked. */
interface Asked {
  /** As they are asked: of what came by fax not everything that the form requires can be. */
  questions: readonly Question[]
  /** Of the answer that is corrected what is asked no more: it stays. */
  kept?: Extra
}

/**
 * What a form asks of somebody who may have answered before.
 * @param further all that there ever were
 * @param stored what the answer of before says to them
 */
export function askedOf(
  further: readonly FurtherQuestion[],
  stored: Extra = {},
  fixed: readonly Question<QuestionId>[] = QUESTIONS,
): Asked {
  return {
    questions: questionsWith(askedFurther(further, stored), fixed),
    kept: endedAnswers(further, stored),
  }
}

/** Whether a form carries the number of a sending: made at 確認, it keeps a second click from making a second record. */
export function isSubmissionId(text: string): boolean {
  return UUID.safeParse(text).success
}

const UUID = z.uuid()

/**
 * SubmissionForm → NewSubmission: normalises, then checks every field, so that all errors show at once.
 * Fields behind a choice that was not made are neither checked nor stored.
 * @param keyOf the master's key of the hospital that a code names; null where the master has none
 * @returns the answer as it will be stored, or one message a wrong field, in Japanese, saying what to do
 */
export function parseSubmissionForm(
  typed: TypedForm,
  keyOf: KeyOf,
  { questions, kept = {} }: Asked = { questions: QUESTIONS },
): ParsedForm {
  const said: Said = (id) => typed[id] ?? ''
  const asked = questions.filter((question) => isAsked(question, said))
  const fields = asked.map((question) => [question.id, checkOf(question, keyOf)] as const)
  const form: Record<string, string> = typedForm({ get: () => '' }, questions)
  const errors: FieldErrors = {}
  for (const [id, check] of [['submissionId', submissionId] as const, ...fields]) {
    const parsed = check.safeParse(typed[id])
    if (parsed.success) form[id] = parsed.data
    else errors[id] = parsed.error.issues[0]!.message
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const complete = form as TypedForm
  const extra = { ...kept, ...extraOf(complete, questions) }
  return { ok: true, submission: toSubmission(complete, extra) }
}

/** NewSubmission → the form that would send it: what the pages of an unsent answer carry on. */
export function formOf(
  { submissionId, ...sent }: NewSubmission,
  questions: readonly Question[] = QUESTIONS,
): TypedForm {
  const said = saidIn(sent)
  const get = (name: string) => (name === 'submissionId' ? submissionId : said(name as AskedId))
  return typedForm({ get }, questions)
}

/** A complete answer, or a part of it, question by question, in the texts that the form would send. */
export function saidIn({ hospital, answers }: Partial<Omit<NewSubmission, 'submissionId'>>): Said {
  const other = hospital?.kind === 'other' ? hospital : undefined
  const { extra = {}, ...fixed } = answers ?? {}
  const further = Object.entries(extra).map(([id, value]) => [furtherField(id), value])
  const values: Partial<Record<AskedId, string | number | boolean | null | undefined>> = {
    ...fixed,
    ...Object.fromEntries(further),
    hospitalCode: hospital?.kind === 'master' ? hospital.code : OTHER_HOSPITAL,
    hospitalName: other?.name,
    hospitalAddress: other?.address,
    hospitalBeds: other?.beds,
    gmisConsent: answers?.gmisConsent ? 'yes' : 'no',
  }
  return (id) => String(values[id] ?? '')
}

const submissionId = z
  .string()
  .refine(
    isSubmissionId,
    '確認画面を経由していないため、回答はまだ送信されていません。入力した内容はこの画面に残っていますので、「確認画面へ進む」を押し、確認画面から送信してください。',
  )

/** Making a check takes longer than checking by it: each is made once, of the hospital once for whoever finds it. */
const checks = new WeakMap<Question | KeyOf, z.ZodType<string>>()

/** The check of one question. */
function checkOf(question: Question, keyOf: KeyOf): z.ZodType<string> {
  const known = question.kind === 'hospital' ? keyOf : question
  const check = checks.get(known) ?? fieldOf(question, keyOf)
  checks.set(known, check)
  return check
}

function fieldOf(question: Question, keyOf: KeyOf): z.ZodType<string> {
  const { kind, name, limit, choices } = question
  switch (kind) {
    case 'hospital':
      return hospitalCode(name, keyOf)
    case 'choice':
      return choice(
        name,
        choices.map(({ id }) => id),
        question.required,
      )
    case 'number':
      return wholeNumber(name, question)
    case 'month':
      return month(name)
    case 'beds':
      return beds(name, limit)
    case 'phone':
      return phone(name)
    case 'email':
      return email(name, question.required)
    case 'address':
      return address(name, limit)
    case 'lines':
      return lines(name, limit)
    case 'line':
      return question.required ? required(name, limit) : line(name, limit)
  }
}

/** A further question that was not answered has no key. */
function extraOf(form: TypedForm, questions: readonly Question[]): Extra {
  const answered = questions.filter((question) => isFurther(question) && form[question.id])
  return Object.fromEntries(
    answered.map(({ id, kind }) => {
      const said = form[id]!
      return [id.slice(furtherField('').length), kind === 'number' ? Number(said) : said]
    }),
  )
}

function toSubmission(form: TypedForm, extra: Extra): NewSubmission {
  const hospital: HospitalReference =
    form.hospitalCode === OTHER_HOSPITAL
      ? {
          kind: 'other',
          name: form.hospitalName,
          address: form.hospitalAddress,
          beds: Number(form.hospitalBeds),
        }
      : { kind: 'master', code: form.hospitalCode }
  return {
    submissionId: form.submissionId.toLowerCase(),
    hospital,
    answers: {
      department: form.department || null,
      contactName: form.contactName,
      phone: form.phone,
      email: form.email,
      emr: choiceOf(EMR_CHOICES, form.emr).id,
      emrPlannedMonth: form.emrPlannedMonth || null,
      intent: choiceOf(INTENT_CHOICES, form.intent).id,
      gmisConsent: form.gmisConsent === 'yes',
      masterCorrection: form.masterCorrection || null,
      remarks: form.remarks || null,
      extra,
    },
  }
}
