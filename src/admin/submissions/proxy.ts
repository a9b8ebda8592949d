import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CHANNEL_CHOICES } from '../../domain/answer/choices.ts'
import { formOf, isSubmissionId } from '../../domain/answer/form.ts'
import { answerLines, type QuestionLine } from '../../domain/answer/lines.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText, tokyoDay } from '../../domain/text/dates.ts'
import { readInstant } from '../../domain/text/typed-dates.ts'
import { hintsOf } from '../../office/policy.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import {
  type ProxyAnswer,
  type ProxyErrors,
  parseProxy,
  proxyFormPage,
  type TypedProxy,
  typedProxy,
} from './proxy-form.ts'
import { type BesideAnswer, currentOf, standing } from './settling.ts'

interface ProxyConfirmModel {
  /** Every value as it will be stored: sent back by each button of the page. */
  form: Record<string, string>
  channel: string
  receivedAt: string
  /** The hour was left open. */
  isDayAlone: boolean
  /** A day alone that is not over yet: it cannot count as its end. */
  isToday: boolean
  reason: string
  lines: QuestionLine[]
  hints: string[]
  /** Beds and region of the hospital; null for one that is not in the list. */
  facts: { beds: number; region: string } | null
  /** What has come in from this hospital so far: this one would wait beside it. */
  current: BesideAnswer | null
  shown: string
  mailTo: string
  explanation: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/proxy-confirm': ProxyConfirmModel
  }
}

const URL = '/submissions/new'
const config = { role: 'officer', act: '代理入力' } as const

/** 代理入力: what came by fax, phone, mail, on paper or at the counter. 入力 → 確認 → 受付, as the hospitals' own form. */
export function proxyRoutes(app: FastifyInstance, { stores, now, mail }: AdminOptions): void {
  const { submissions, hospitals } = stores
  const hasMail = mail !== undefined

  const form = (reply: FastifyReply, typed: TypedProxy, errors?: ProxyErrors) =>
    proxyFormPage(reply, stores, typed, { now: now(), hasMail, ...(errors && { errors }) })

  app.get(URL, forOfficers, async (request, reply) => {
    const hospitalCode = hospitals.byCode(fieldsOf(request.query).get('hospital'))?.key ?? ''
    const typed = typedProxy({}, request.site.questions)
    return form(reply, { ...typed, form: { ...typed.form, hospitalCode } })
  })

  // Asked for by GET these pages have nothing to show: an address typed or kept leads to the form.
  for (const step of ['form', 'confirm'])
    app.get(`${URL}/${step}`, forOfficers, async (_request, reply) => reply.redirect(`/admin${URL}`, 303))

  app.post(`${URL}/form`, { config }, async (request, reply) =>
    form(reply, typedProxy(request.body, request.site.questions)),
  )

  app.post(`${URL}/confirm`, { config }, async (request, reply) =>
    checked(request, reply, (answer, typed) => confirmPage(reply, answer, typed)),
  )

  app.post(URL, { config }, async (request, reply) => checked(request, reply, save))

  /** Goes on with what was typed where it is a complete answer; otherwise the form comes again. */
  function checked(
    request: FastifyRequest,
    reply: FastifyReply,
    goOn: (answer: ProxyAnswer, typed: TypedProxy, reply: FastifyReply) => FastifyReply,
  ): FastifyReply {
    const typed = typedProxy(request.body, request.site.questions)
    const numbered = { ...typed, form: { ...typed.form, submissionId: numberOf(typed) } }
    const parsed = parseProxy(numbered, stores, now())
    return parsed.ok ? goOn(parsed.answer, typed, reply) : form(reply.code(422), typed, parsed.errors)
  }

  function save(answer: ProxyAnswer, typed: TypedProxy, reply: FastifyReply): FastifyReply {
    const { submission, entry } = answer
    const { request } = reply
    // What nobody has confirmed yet is shown first.
    if (!isSubmissionId(typed.form.submissionId)) return confirmPage(reply, answer, typed)
    const known = submissions.bySubmissionId(submission.submissionId)
    if (!known && !stillShows(request.body, 'shown', shownOf(submission)))
      return confirmPage(reply.code(409), answer, typed, OTHERS_CAME)
    const { channel, receivedAt, reason } = entry
    const saved = submissions.save(submission, {
      at: now(),
      actor: officerOf(request).login,
      channel,
      submittedAt: receivedAt,
      entry: { channel, reason },
      mail: typed.sendMail === 'yes' ? mail : undefined,
    })
    if (saved.kind === 'withdrawn' || saved.kind === 'hospital-changed') {
      const again = { ...answer, submission: { ...submission, submissionId: randomUUID() } }
      return confirmPage(reply.code(409), again, typed, ENTERED_BEFORE)
    }
    return reply.redirect(`/admin/submissions/${saved.submission.number}/receipt?done=${saved.kind}`, 303)
  }

  function confirmPage(
    reply: FastifyReply,
    { submission, entry }: ProxyAnswer,
    { entry: typedEntry, sendMail }: TypedProxy,
    explanation = '',
  ): FastifyReply {
    const { questions } = reply.request.site
    const sent = formOf(submission, questions)
    const hospital = hospitals.byCode(sent.hospitalCode)
    const read = readInstant(typedEntry.receivedAt)
    return adminPage(reply, 'admin/submissions/proxy-confirm', {
      form: { ...sent, ...typedEntry, sendMail },
      channel: labelOf(CHANNEL_CHOICES, entry.channel),
      receivedAt: dateTimeText(entry.receivedAt),
      isDayAlone: read.ok && !read.hasTime,
      isToday: tokyoDay(entry.receivedAt) === tokyoDay(now()),
      reason: entry.reason ?? '',
      lines: answerLines(submission, hospitals.byCode, questions),
      hints: hintsOf(stores, submission.answers),
      facts: hospital && { beds: hospital.beds, region: hospital.region },
      current: currentOf(answersOf(submission)),
      shown: shownOf(submission),
      mailTo: sendMail === 'yes' ? submission.answers.email : '',
      explanation,
    })
  }

  function answersOf({ hospital }: NewSubmission) {
    return hospital.kind === 'master' ? submissions.ofHospital(hospital.code) : []
  }

  function shownOf(submission: NewSubmission): string {
    return standing(answersOf(submission)) || 'none'
  }
}

/** The number that makes a second click harmless. */
function numberOf({ form: { submissionId } }: TypedProxy): string {
  return isSubmissionId(submissionId) ? submissionId : randomUUID()
}

const OTHERS_CAME =
  'この画面を開いた後に、この病院の回答が変わりました。次の内容を確認してから、もう一度「この内容で受け付ける」を押してください。'
const ENTERED_BEFORE =
  'この画面の回答は、既に登録され、その後で変わっています。新しい回答として受け付ける場合は、内容を確認してから、もう一度「この内容で受け付ける」を押してください。'
