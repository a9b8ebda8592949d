import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import {
  askedOf,
  formOf,
  type ParsedForm,
  parseSubmissionForm,
  type TypedForm,
} from '../../domain/answer/form.ts'
import { answerLines, type ComparedLine, comparedLines, typedLines } from '../../domain/answer/lines.ts'
import { receiptPath } from '../../domain/answer/receipt.ts'
import { asSent, type NewSubmission, sameContent } from '../../domain/answer/submission.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { hintsOf } from '../../office/policy.ts'
import { fieldsOf } from '../../web/fields.ts'
import { page } from '../../web/views.ts'
import { type Asking, answerAgain, answering, STORES_NOTHING, typedIn } from '../answer/answering.ts'
import { fixedFormPage } from '../answer/fixed-form.ts'
import { keptOnItsPage } from '../answer/kept.ts'
import { askedToWait, tooManyText } from '../answer/too-many.ts'
import type { SurveyOptions } from '../options.ts'
import { receiptOf } from './access.ts'
import { whileCorrectable } from './gate.ts'

interface CorrectionConfirmModel {
  path: string
  number: string
  /** Every value as it will be stored: sent back by each button of the page. */
  form: TypedForm
  /** The version on which the correction is based: carried on, so that no other one is written over unseen. */
  version: number
  lines: ComparedLine[]
  changed: number
  hints: string[]
  /** When the answer was corrected by another page since this one was opened; '' where it was not. */
  staleSince: string
  /** Why it has to be confirmed again; '' where nothing failed. */
  explanation: string
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/correction-confirm': CorrectionConfirmModel
  }
}

/** 入力 → 確認 → a new version under the same number. Every version is kept. */
export function correctionRoutes(app: FastifyInstance, { stores, now, mail }: SurveyOptions): void {
  const asking = askingToCorrect(stores)
  const kept = keptOnItsPage('訂正', (request, reply, explanation) =>
    answerAgain(asking, request, reply, (corrected) =>
      confirmPage(reply, stores, corrected, {
        explanation,
        isStale: shownVersion(request) !== receiptOf(request).version,
      }),
    ),
  )
  const correctable = {
    preHandler: whileCorrectable({
      lines: (request) => typedLines(asking.typed(request), stores.hospitals.byCode, request.site.questions),
      isStored: (request) => {
        const parsed = asking.parse(asking.typed(request), request)
        return parsed.ok && sameContent(receiptOf(request), parsed.submission)
      },
    }),
  }

  app.get('/edit', correctable, (request, reply) => asking.form(reply, storedForm(request), {}))

  // Asked for by GET these pages have nothing to show: an address typed or kept leads to the form.
  for (const url of ['/form', '/confirm'])
    app.get(url, (request, reply) => reply.redirect(`${receiptPath(receiptOf(request))}/edit`, 303))

  app.post('/form', { ...correctable, ...STORES_NOTHING }, (request, reply) =>
    asking.form(reply, asking.typed(request), {}),
  )

  app.post(
    '/confirm',
    { ...correctable, ...STORES_NOTHING },
    answering(asking, (submission, reply, request) =>
      confirmPage(reply, stores, submission, {
        isStale: shownVersion(request) !== receiptOf(request).version,
      }),
    ),
  )

  app.post('/edit', { ...correctable, ...kept }, answering(asking, correct))

  function correct(corrected: NewSubmission, reply: FastifyReply, request: FastifyRequest): FastifyReply {
    const submission = receiptOf(request)
    const version = basedOn(request)
    if (version === submission.version && sameContent(submission, corrected))
      return confirmPage(reply, stores, corrected)
    const context = { at: now(), actor: null, mail, basedOn: version }
    const outcome = stores.submissions.correct(submission.number, corrected, context)
    if (outcome.kind === 'too-many') {
      const explanation = tooManyText(outcome)
      return confirmPage(askedToWait(reply, outcome, now()), stores, corrected, { explanation })
    }
    if (outcome.kind === 'changed-meanwhile')
      return confirmPage(reply.code(409), stores, corrected, { isStale: true })
    return reply.redirect(receiptPath(submission), 303)
  }
}

/** As for a new answer; but its number and its hospital stay the stored ones. */
function askingToCorrect({ hospitals }: Stores): Asking {
  return {
    typed: (request) => {
      const { submissionId, hospitalCode } = storedForm(request)
      const typed = typedIn(request)
      return { ...typed, submissionId, hospitalCode: typed.hospitalCode || hospitalCode }
    },
    parse: parseCorrection,
    form: (reply, typed, errors) => {
      const { request } = reply
      const submission = receiptOf(request)
      return fixedFormPage(reply, {
        reason: { kind: 'correction', number: submission.number, version: shownVersion(request) },
        path: receiptPath(submission),
        hospitalCode: storedForm(request).hospitalCode,
        typed,
        errors,
        stored: submission.answers.extra,
        findHospital: hospitals.byCode,
      })
    },
  }
}

function parseCorrection(typed: TypedForm, request: FastifyRequest): ParsedForm {
  const { hospitalCode } = storedForm(request)
  const parsed = parseSubmissionForm(
    { ...typed, hospitalCode },
    (code) => (code === hospitalCode ? code : null),
    askedOf(request.site.further, receiptOf(request).answers.extra),
  )
  if (typed.hospitalCode === hospitalCode) return parsed
  return { ok: false, errors: { ...(parsed.ok ? {} : parsed.errors), hospitalCode: HOSPITAL_STAYS } }
}

/** The stored answer as the form that would send it. */
function storedForm(request: FastifyRequest): TypedForm {
  return formOf(asSent(receiptOf(request)), request.site.questions)
}

/** The version that the page corrects, carried by it; undefined where it names none. */
function basedOn({ body }: FastifyRequest): number | undefined {
  const version = fieldsOf(body).get('version')
  return /^\d{1,6}$/.test(version) ? Number(version) : undefined
}

function shownVersion(request: FastifyRequest): number {
  return basedOn(request) ?? receiptOf(request).version
}

/** 確認: what will be stored beside what is stored. It is based on the version that it shows as the earlier one. */
function confirmPage(
  reply: FastifyReply,
  stores: Stores,
  corrected: NewSubmission,
  { isStale = false, explanation = '' } = {},
): FastifyReply {
  const { questions } = reply.request.site
  const { hospitals, submissions } = stores
  const stored = submissions.byNumber(receiptOf(reply.request).number)!
  const lines = comparedLines(
    answerLines(asSent(stored), hospitals.byCode, questions),
    answerLines(corrected, hospitals.byCode, questions),
    questions,
  )
  return page(reply, 'survey/receipt/correction-confirm', {
    path: receiptPath(receiptOf(reply.request)),
    number: stored.number,
    form: formOf(corrected, questions),
    version: stored.version,
    lines,
    changed: lines.filter((line) => line.before !== null).length,
    hints: hintsOf(stores, corrected.answers),
    staleSince: isStale ? dateTimeText(stored.correctedAt) : '',
    explanation,
  })
}

const HOSPITAL_STAYS =
  '回答した病院は、訂正では変更できません。病院を変える場合は、この回答を取り下げて、新しく回答してください。'
