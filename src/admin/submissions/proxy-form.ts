import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { PROXY_CHANNEL_CHOICES, type ProxyChannel } from '../../domain/answer/choices.ts'
import {
  askedOf,
  type FieldErrors,
  isSubmissionId,
  parseSubmissionForm,
  type TypedForm,
  typedForm,
} from '../../domain/answer/form.ts'
import {
  OTHER_HOSPITAL,
  OTHER_HOSPITAL_LABEL,
  PROXY_QUESTIONS,
  type Question,
} from '../../domain/answer/questions.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import {
  type EntryErrors,
  type ProxyEntry,
  parseProxyEntry,
  type TypedEntry,
} from '../../domain/record/proxy-entry.ts'
import { periodOf } from '../../domain/survey/period.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { dateTimeText, isoDayText } from '../../domain/text/dates.ts'
import { readInstant } from '../../domain/text/typed-dates.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type HospitalPicker, hospitalPicker } from '../../office/master/picker.ts'
import { type AnswerFields, answerFields } from '../../web/answer-fields.ts'
import { fieldsOf } from '../../web/fields.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'

/** Everything that is typed for an answer by proxy, on every page until it is stored. */
export interface TypedProxy {
  form: TypedForm
  entry: TypedEntry
  /** `yes` where the receipt is to be mailed to the address of the answer. */
  sendMail: string
}

export interface ProxyErrors {
  form: FieldErrors
  entry: EntryErrors
}

const NO_ERRORS: ProxyErrors = { form: {}, entry: {} }

/** Both parts, as they will be stored. */
export interface ProxyAnswer {
  submission: NewSubmission
  entry: ProxyEntry
}

interface ProxyFormModel extends AnswerFields {
  entry: TypedEntry
  entryErrors: EntryErrors
  channels: readonly Choice<ProxyChannel>[]
  calendar: { type: 'date'; value: string }
  /** A time as it may be written. */
  example: string
  /** After the deadline, or outside any period: it is asked for at once. */
  needsReason: boolean
  picker: HospitalPicker
  other: { code: string; label: string }
  sendMail: string
  /** Whether there is a server that could send it. */
  hasMail: boolean
  isFilled: boolean
  errorSummary: ErrorLine[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/proxy-form': ProxyFormModel
  }
}

/** @param questions everything that is asked in this edition */
export function typedProxy(body: unknown, questions: readonly Question[]): TypedProxy {
  const fields = fieldsOf(body)
  return {
    form: typedForm(fields, questions),
    entry: {
      channel: fields.get('channel'),
      receivedAt: fields.get('receivedAt'),
      reason: fields.get('reason'),
    },
    sendMail: fields.get('sendMail'),
  }
}

/** @returns the answer as it will be stored, or every message of both parts */
export function parseProxy(
  { form, entry, sendMail }: TypedProxy,
  stores: Pick<Stores, 'hospitals' | 'settings' | 'questions' | 'submissions'>,
  now: Date,
): { ok: true; answer: ProxyAnswer } | { ok: false; errors: ProxyErrors } {
  const { hospitals, settings } = stores
  const operating = (code: string) => {
    const hospital = hospitals.byCode(code)
    return hospital && !hospital.isClosed ? hospital.key : null
  }
  const parsed = parseSubmissionForm(form, operating, askedByProxy(stores, form))
  const asked = parseProxyEntry(entry, { now, period: periodOf(settings.read()) })
  const nowhere = parsed.ok && sendMail === 'yes' && parsed.submission.answers.email === ''
  if (parsed.ok && asked.ok && !nowhere)
    return { ok: true, answer: { submission: parsed.submission, entry: asked.entry } }
  const form_: FieldErrors = parsed.ok ? (nowhere ? { email: NO_ADDRESS } : {}) : parsed.errors
  return { ok: false, errors: { form: form_, entry: asked.ok ? {} : asked.errors } }
}

const NO_ADDRESS =
  'メールアドレスがないため、受付のお知らせを送れません。メールアドレスを入力するか、「受付のお知らせをメールで送る」の選択を外してください。'

/** What is asked of whoever enters it: of an answer that was entered already it may keep what is offered no more. */
function askedByProxy(
  { questions, submissions }: Pick<Stores, 'questions' | 'submissions'>,
  { submissionId }: TypedForm,
) {
  const stored = isSubmissionId(submissionId) ? submissions.bySubmissionId(submissionId) : null
  return askedOf(questions.all(), stored?.answers.extra, PROXY_QUESTIONS)
}

/** 入力: the form with what was typed; the reply's status is the caller's. */
export function proxyFormPage(
  reply: FastifyReply,
  stores: Stores,
  { form, entry, sendMail }: TypedProxy,
  { errors = NO_ERRORS, now, hasMail }: { errors?: ProxyErrors; now: Date; hasMail: boolean },
): FastifyReply {
  const { site, method } = reply.request
  const fields = answerFields(site, form, errors.form, askedByProxy(stores, form).questions)
  return adminPage(reply, 'admin/submissions/proxy-form', {
    ...fields,
    entry,
    entryErrors: errors.entry,
    channels: PROXY_CHANNEL_CHOICES,
    calendar: { type: 'date', value: pickedDay(entry.receivedAt) },
    example: dateTimeText(now).replace(/（.）/, ''),
    needsReason: site.state !== 'open',
    picker: hospitalPicker(stores.hospitals.operating(), shippedGeography(site.prefectureCode), {
      chosen: form.hospitalCode,
    }),
    other: { code: OTHER_HOSPITAL, label: OTHER_HOSPITAL_LABEL },
    sendMail,
    hasMail,
    isFilled: method === 'POST',
    errorSummary: [...errorLines(errors.entry), ...fields.errorSummary],
  })
}

/** What the browser's calendar shows of the text; '' where it is no day. */
function pickedDay(text: string): string {
  const read = readInstant(text)
  return read.ok ? isoDayText(read.instant) : ''
}
