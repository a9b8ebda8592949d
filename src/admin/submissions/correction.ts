import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PROXY_CHANNEL_CHOICES } from '../../domain/answer/choices.ts'
import { formOf } from '../../domain/answer/form.ts'
import { answerLines, type ComparedLine, comparedLines } from '../../domain/answer/lines.ts'
import {
  asSent,
  isCorrectable,
  type NewSubmission,
  type Submission,
  sameContent,
} from '../../domain/answer/submission.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { hintsOf } from '../../office/policy.ts'
import { type ConfirmedResult, confirmedSeat } from '../../office/rounds/confirmed.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import {
  askedAgain,
  type Correction,
  type CorrectionErrors,
  correctionFormPage,
  parseCorrection,
  storedCorrection,
  type TypedCorrection,
  typedCorrection,
} from './correction-form.ts'
import { type AnswerPage, TOO_LATE } from './settling.ts'

interface CorrectionConfirmModel {
  number: string
  /** Every value as it will be stored: sent back by each button of the page. */
  form: Record<string, string>
  channel: string
  reason: string
  lines: ComparedLine[]
  changed: number
  hints: string[]
  /** The seat that its hospital holds; null without. */
  confirmed: ConfirmedResult | null
  /** That the consent to the reuse of the GMIS answers is taken back. */
  takesConsentBack: boolean
  received: string
  mailTo: string
  /** When the answer was changed by somebody else since the page was opened; '' where it was not. */
  staleSince: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/correction-confirm': CorrectionConfirmModel
  }
}

interface Numbered {
  Params: { number: string }
}
type CorrectionRequest = FastifyRequest<Numbered>

const config = { role: 'officer', act: '回答の訂正（県の担当者による）' } as const

/**
 * What a hospital asks to be corrected by phone or fax, also after the deadline: 入力 → 確認 → a new version under the
 * same number, with how it was asked for and why. The place in the ranking stays.
 */
export function correctionRoutes(
  app: FastifyInstance,
  { stores, now, mail }: AdminOptions,
  { show }: Pick<AnswerPage, 'show'>,
): void {
  const { submissions, hospitals } = stores
  const hasMail = mail !== undefined
  const form = (
    reply: FastifyReply,
    submission: Submission,
    typed: TypedCorrection,
    errors?: CorrectionErrors,
  ) => correctionFormPage(reply, stores, submission, typed, { hasMail, ...(errors && { errors }) })

  for (const [path, part] of [
    ['edit', 'answer'],
    ['contact', 'contact'],
  ] as const)
    app.get<Numbered>(`/submissions/:number/${path}`, forOfficers, async (request, reply) =>
      open(request, reply, (submission) =>
        form(reply, submission, storedCorrection(submission, part, request.site.questions)),
      ),
    )

  // Asked for by GET these pages have nothing to show: an address typed or kept leads to the form.
  for (const step of ['form', 'confirm'])
    app.get<Numbered>(`/submissions/:number/edit/${step}`, forOfficers, async (request, reply) =>
      reply.redirect(`/admin/submissions/${request.params.number}/edit`, 303),
    )

  app.post<Numbered>('/submissions/:number/edit/form', { config }, async (request, reply) =>
    open(request, reply, (submission) => form(reply, submission, typedCorrection(request, submission))),
  )

  app.post<Numbered>('/submissions/:number/edit/confirm', { config }, async (request, reply) =>
    checked(request, reply, (submission, correction, typed) =>
      confirmPage(reply, submission, correction, typed),
    ),
  )

  app.post<Numbered>('/submissions/:number/edit', { config }, async (request, reply) =>
    checked(request, reply, (submission, correction, typed) => {
      const { number } = submission
      const corrected = correction.submission
      if (typed.version === submission.version && sameContent(submission, corrected))
        return confirmPage(reply.code(422), submission, correction, typed)
      const { kind } = submissions.correct(number, corrected, {
        at: now(),
        actor: officerOf(request).login,
        entry: correction.entry,
        basedOn: typed.version,
        mail: typed.sendMail === 'yes' ? mail : undefined,
      })
      if (kind === 'changed-meanwhile') return confirmPage(reply.code(409), submission, correction, typed)
      return reply.redirect(`/admin/submissions/${number}?done=edited`, 303)
    }),
  )

  /** The answer of the address, where it can still be corrected. */
  function open(
    { params: { number } }: CorrectionRequest,
    reply: FastifyReply,
    goOn: (submission: Submission) => FastifyReply,
  ): FastifyReply {
    const submission = submissions.byNumber(number)
    if (!submission) return refusal(reply, 'not-found')
    return isCorrectable(submission) ? goOn(submission) : show(reply.code(409), number, { done: TOO_LATE })
  }

  function checked(
    request: CorrectionRequest,
    reply: FastifyReply,
    goOn: (submission: Submission, correction: Correction, typed: TypedCorrection) => FastifyReply,
  ): FastifyReply {
    return open(request, reply, (submission) => {
      const typed = typedCorrection(request, submission)
      const parsed = parseCorrection(typed, askedAgain(request.site.further, submission, typed.part))
      return parsed.ok
        ? goOn(submission, parsed.correction, typed)
        : form(reply.code(422), submission, typed, parsed.errors)
    })
  }

  /** 確認: what will be stored beside what is. It is based on the version that it shows as the earlier one. */
  function confirmPage(
    reply: FastifyReply,
    stored: Submission,
    { submission, entry }: Correction,
    { part, version, sendMail }: TypedCorrection,
  ): FastifyReply {
    const { questions } = reply.request.site
    const linesOf = (sent: NewSubmission) => answerLines(sent, hospitals.byCode, questions)
    const lines = comparedLines(linesOf(asSent(stored)), linesOf(submission), questions)
    const { answers } = submission
    const { number, hospitalCode } = stored
    return adminPage(reply, 'admin/submissions/correction-confirm', {
      number,
      form: { ...formOf(submission, questions), ...entry, part, version: String(stored.version), sendMail },
      channel: labelOf(PROXY_CHANNEL_CHOICES, entry.channel),
      reason: entry.reason,
      lines,
      changed: lines.filter(({ before }) => before !== null).length,
      hints: hintsOf(stores, answers),
      confirmed: confirmedSeat(stores, hospitalCode),
      takesConsentBack: stored.state === 'current' && stored.answers.gmisConsent && !answers.gmisConsent,
      received: dateTimeText(stored.submittedAt),
      mailTo: hasMail && sendMail === 'yes' ? answers.email : '',
      staleSince: version === stored.version ? '' : dateTimeText(stored.correctedAt),
    })
  }
}
