import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { PROXY_CHANNEL_CHOICES, type ProxyChannel } from '../../domain/answer/choices.ts'
import {
  askedOf,
  type FieldErrors,
  formOf,
  parseSubmissionForm,
  type TypedForm,
  typedForm,
} from '../../domain/answer/form.ts'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import { typedLines } from '../../domain/answer/lines.ts'
import { OTHER_HOSPITAL, PROXY_QUESTIONS, type Question } from '../../domain/answer/questions.ts'
import { asSent, type NewSubmission, type Submission } from '../../domain/answer/submission.ts'
import { type ChangeErrors, parseChange, type TypedChange } from '../../domain/record/proxy-entry.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { type AnswerFields, answerFields } from '../../web/answer-fields.ts'
import { fieldsOf } from '../../web/fields.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'

/** The whole answer, or whom to ask about it alone. */
type CorrectedPart = 'answer' | 'contact'

/** What is typed for a correction, on every page until it is stored. */
export interface TypedCorrection {
  form: TypedForm
  entry: TypedChange
  part: CorrectedPart
  /** The version that the first page showed: no other one is written over unseen. */
  version: number
  sendMail: string
}

export interface CorrectionErrors {
  form: FieldErrors
  entry: ChangeErrors
}

/** As it will be stored. */
export interface Correction {
  submission: NewSubmission
  entry: { channel: ProxyChannel; reason: string }
}

interface CorrectionFormModel extends AnswerFields {
  number: string
  hospital: string
  isOther: boolean
  part: CorrectedPart
  version: number
  entry: TypedChange
  entryErrors: ChangeErrors
  channels: readonly Choice<ProxyChannel>[]
  sendMail: string
  hasMail: boolean
  isFilled: boolean
  errorSummary: ErrorLine[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/correction-form': CorrectionFormModel
  }
}

/** What is stored, before anything is typed. */
export function storedCorrection(
  submission: Submission,
  part: CorrectedPart,
  questions: readonly Question[],
): TypedCorrection {
  return {
    form: formOf(asSent(submission), questions),
    entry: { channel: '', reason: '' },
    part,
    version: submission.version,
    sendMail: submission.answers.email === '' ? '' : 'yes',
  }
}

/** What was typed; whose answer it is stays. */
export function typedCorrection({ body, site }: FastifyRequest, submission: Submission): TypedCorrection {
  const fields = fieldsOf(body)
  const { submissionId, hospitalCode } = formOf(asSent(submission))
  const version = fields.get('version')
  return {
    form: { ...typedForm(fields, site.questions), submissionId, hospitalCode },
    entry: { channel: fields.get('channel'), reason: fields.get('reason') },
    part: fields.get('part') === 'contact' ? 'contact' : 'answer',
    version: /^\d{1,6}$/.test(version) ? Number(version) : submission.version,
    sendMail: fields.get('sendMail'),
  }
}

/** @param asked what is asked of this answer */
export function parseCorrection(
  { form, entry }: TypedCorrection,
  asked: CorrectionAsked,
): { ok: true; correction: Correction } | { ok: false; errors: CorrectionErrors } {
  const parsed = parseSubmissionForm(form, (code) => code, asked)
  const change = parseChange(entry)
  if (parsed.ok && change.ok)
    return { ok: true, correction: { submission: parsed.submission, entry: change.entry } }
  return {
    ok: false,
    errors: { form: parsed.ok ? {} : parsed.errors, entry: change.ok ? {} : change.errors },
  }
}

/**
 * What is asked of an answer that is corrected: what is asked no more stays. Whom to ask about it is changed without a
 * word about the further questions, of which some may be newer than the answer.
 */
export function askedAgain(
  further: readonly FurtherQuestion[],
  { answers: { extra } }: Submission,
  part: CorrectedPart,
): CorrectionAsked {
  if (part === 'contact') return { questions: PROXY_QUESTIONS, kept: extra }
  return askedOf(further, extra, PROXY_QUESTIONS)
}
type CorrectionAsked = ReturnType<typeof askedOf>

/** 入力: the answer as it stands, or as it was typed; the reply's status is the caller's. */
export function correctionFormPage(
  reply: FastifyReply,
  { hospitals }: Stores,
  submission: Submission,
  { form, entry, part, version, sendMail }: TypedCorrection,
  { errors = { form: {}, entry: {} }, hasMail }: { errors?: CorrectionErrors; hasMail: boolean },
): FastifyReply {
  const { site, method } = reply.request
  const fields = answerFields(site, form, errors.form, askedAgain(site.further, submission, part).questions)
  const [hospital] = typedLines(form, hospitals.byCode)
  return adminPage(reply, 'admin/submissions/correction-form', {
    ...fields,
    number: submission.number,
    hospital: hospital!.text,
    isOther: form.hospitalCode === OTHER_HOSPITAL,
    part,
    version,
    entry,
    entryErrors: errors.entry,
    channels: PROXY_CHANNEL_CHOICES,
    sendMail,
    hasMail,
    isFilled: method === 'POST',
    errorSummary: [...errorLines(errors.entry), ...fields.errorSummary],
  })
}
