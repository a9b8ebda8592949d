import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { PROXY_CHANNEL_CHOICES, type ProxyChannel } from '../../domain/answer/choices.ts'
import { type AnswerLine, officeLines } from '../../domain/answer/lines.ts'
import { isCorrectable, type Submission } from '../../domain/answer/submission.ts'
import { type ChangeErrors, parseChange, type TypedChange } from '../../domain/record/proxy-entry.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { receptionLines } from '../../office/answers/comparison.ts'
import { furtherOf } from '../../office/answers/further.ts'
import { type ConfirmedResult, confirmedSeat } from '../../office/rounds/confirmed.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { type AnswerPage, standing, TOO_LATE } from './settling.ts'

interface WithdrawalModel {
  number: string
  hospitalName: string
  state: Submission['state']
  gmisConsent: boolean
  confirmed: ConfirmedResult | null
  lines: AnswerLine[]
  /** The answers as the page shows them, carried along. */
  shown: string
  channels: readonly Choice<ProxyChannel>[]
  entry: TypedChange
  errors: ChangeErrors
  errorSummary: ErrorLine[]
  /** Where a mail can go; '' where none can. */
  email: string
  sendMail: boolean
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/withdrawal': WithdrawalModel
  }
}

interface Numbered {
  Params: { number: string }
}

/** A hospital asks by phone or fax to take its answer back, also after the deadline. The answer stays on record. */
export function withdrawalRoutes(
  app: FastifyInstance,
  { stores, now, mail }: AdminOptions,
  { show }: Pick<AnswerPage, 'show'>,
): void {
  const url = '/submissions/:number/withdraw'

  app.get<Numbered>(url, forOfficers, async (request, reply) =>
    open(request, reply, (submission) => page(reply, submission)),
  )

  const config = { role: 'officer', act: '回答の取下げ' } as const
  app.post<Numbered>(url, { config }, async (request, reply) =>
    open(request, reply, (submission) => {
      const shown = standing(besideOf(stores, submission))
      if (!stillShows(request.body, 'shown', shown))
        return page(reply.code(409), submission, { isStale: true })
      const parsed = parseChange(typedIn(request))
      if (!parsed.ok) return page(reply.code(422), submission, { errors: parsed.errors })
      const { number } = submission
      stores.submissions.withdraw(number, {
        at: now(),
        actor: officerOf(request).login,
        entry: parsed.entry,
        mail: fieldsOf(request.body).get('sendMail') === 'yes' ? mail : undefined,
      })
      return reply.redirect(`/admin/submissions/${number}?done=withdrawn`, 303)
    }),
  )

  function open(
    { params: { number } }: FastifyRequest<Numbered>,
    reply: FastifyReply,
    goOn: (submission: Submission) => FastifyReply,
  ): FastifyReply {
    const submission = stores.submissions.byNumber(number)
    if (!submission) return refusal(reply, 'not-found')
    return isCorrectable(submission) ? goOn(submission) : show(reply.code(409), number, { done: TOO_LATE })
  }

  function page(
    reply: FastifyReply,
    submission: Submission,
    { errors = {}, isStale = false }: { errors?: ChangeErrors; isStale?: boolean } = {},
  ): FastifyReply {
    const { request } = reply
    const { number, state, answers, hospitalCode, typedHospital } = submission
    const hospital = hospitalCode === null ? null : stores.hospitals.byCode(hospitalCode)
    return adminPage(reply, 'admin/submissions/withdrawal', {
      number,
      hospitalName: hospital?.name ?? typedHospital?.name ?? '',
      state,
      gmisConsent: answers.gmisConsent,
      confirmed: confirmedSeat(stores, hospitalCode),
      lines: [...receptionLines(submission), ...officeLines(answers, furtherOf(stores, [answers]))],
      shown: standing(besideOf(stores, submission)),
      channels: PROXY_CHANNEL_CHOICES,
      entry: typedIn(request),
      errors,
      errorSummary: errorLines(errors),
      email: mail ? answers.email : '',
      sendMail: request.method === 'GET' || fieldsOf(request.body).get('sendMail') === 'yes',
      isStale,
    })
  }
}

function typedIn({ body }: FastifyRequest): TypedChange {
  const fields = fieldsOf(body)
  return { channel: fields.get('channel'), reason: fields.get('reason') }
}

/** Every answer of the same hospital, this one among them. */
function besideOf({ submissions }: Stores, submission: Submission): Submission[] {
  return submission.hospitalCode === null ? [submission] : submissions.ofHospital(submission.hospitalCode)
}
