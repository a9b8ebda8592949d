import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Submission } from '../../domain/answer/submission.ts'
import { CORRECTION_STATES, type CorrectionState, SETTLED_IDS } from '../../domain/master/correction.ts'
import { parseReason } from '../../domain/record/reason.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { dateText } from '../../domain/text/dates.ts'
import { type Correction, correctionReader } from '../../office/master/corrections.ts'
import { hospitalLines } from '../../office/master/lines.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'

interface CorrectionModel {
  number: string
  received: string
  hospitalName: string
  editHref: string | null
  correction: Correction
  /** What it can become now. */
  choices: readonly Choice<CorrectionState>[]
  master: ReturnType<typeof hospitalLines>
  state: string
  stateError: string | null
  reason: string
  reasonError: string | null
  shown: string
  errorSummary: ErrorLine[]
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/correction': CorrectionModel
  }
}

interface Numbered {
  Params: { number: string }
}

/**
 * A hospital's own 登録内容の訂正, settled without a change of the master: done elsewhere, or not followed, with the
 * reason. The change itself is the hospital's form, which settles it too.
 */
export function correctionRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function page(
    { body }: FastifyRequest,
    reply: FastifyReply,
    { submission, correction }: Stated,
    { stateError = null, reasonError = null, isStale = false }: PageState = {},
  ) {
    const hospital =
      submission.hospitalCode === null ? null : stores.hospitals.byCode(submission.hospitalCode)
    const fields = fieldsOf(body)
    return adminPage(reply, 'admin/hospitals/correction', {
      number: submission.number,
      received: dateText(submission.submittedAt),
      hospitalName: hospital?.name ?? submission.typedHospital?.name ?? '',
      editHref:
        hospital &&
        `/admin/hospitals/${encodeURIComponent(hospital.key)}/edit?correction=${submission.number}`,
      correction,
      choices: CORRECTION_STATES.filter(({ id }) => id !== correction.state),
      master: hospital ? hospitalLines(hospital, stores.policies.current().policy.bands) : [],
      state: fields.get('state'),
      stateError,
      reason: fields.get('reason'),
      reasonError,
      shown: shownOf(correction),
      errorSummary: errorLines({ state: stateError, reason: reasonError }),
      isStale,
    })
  }

  function statedIn(number: string): Stated | null {
    const submission = stores.submissions.byNumber(number)
    const correction = submission && correctionReader(stores)(submission)
    return submission && correction ? { submission, correction } : null
  }

  app.get<Numbered>('/submissions/:number/correction', forOfficers, async (request, reply) => {
    const stated = statedIn(request.params.number)
    return stated ? page(request, reply, stated) : refusal(reply, 'not-found')
  })

  const toSettle = { config: { role: 'officer', act: '訂正の申出への対応' } } as const
  app.post<Numbered>('/submissions/:number/correction', toSettle, async (request, reply) => {
    const { number } = request.params
    const stated = statedIn(number)
    if (!stated) return refusal(reply, 'not-found')
    if (!stillShows(request.body, 'shown', shownOf(stated.correction)))
      return page(request, reply.code(409), stated, { isStale: true })
    const fields = fieldsOf(request.body)
    const state = SETTLED_IDS.find((id) => id === fields.get('state') && id !== stated.correction.state)
    const reason = parseReason(fields.get('reason'))
    if (!state || !reason.ok)
      return page(request, reply.code(422), stated, {
        stateError: state ? null : '対応を選択してください。',
        reasonError: reason.ok ? null : reason.message,
      })
    stores.corrections.settle(number, {
      state,
      reason: reason.reason,
      actor: officerOf(request).login,
      at: now(),
    })
    return reply.redirect(`/admin/submissions/${number}?done=correction-${state}`, 303)
  })
}

interface Stated {
  submission: Submission
  correction: Correction
}

interface PageState {
  stateError?: string | null
  reasonError?: string | null
  isStale?: boolean
}

/** What is to be settled, and that nobody has settled it since. */
function shownOf({ state, settled, statement }: Correction): string {
  return [state, settled?.by ?? '', statement].join('｜')
}
