import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type AnswerLine, officeLines } from '../../domain/answer/lines.ts'
import {
  closedAs,
  isLinked,
  reopenedAs,
  type Submission,
  type SubmissionState,
} from '../../domain/answer/submission.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { receptionLines } from '../../office/answers/comparison.ts'
import { furtherOf } from '../../office/answers/further.ts'
import { type SubmissionRow, siblingsOf, submissionRows } from '../../office/answers/rows.ts'
import { type ConfirmedResult, confirmedSeat } from '../../office/rounds/confirmed.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { type AnswerPage, type BesideAnswer, currentOf, standing, TOO_LATE } from './settling.ts'

/** What ends the waiting of an answer that is not used, and what begins it again; and whose it is said not to be. */
export type ClosingAct = 'close' | 'reopen' | 'unlink'

interface ClosingModel {
  number: string
  hospitalName: string
  act: ClosingAct
  state: SubmissionState
  /** The seat that its hospital holds; null without. */
  confirmed: ConfirmedResult | null
  /** The answer of the same hospital that counts today; null where none does. */
  current: BesideAnswer | null
  lines: AnswerLine[]
  /** The answers as the page shows them, carried along. */
  shown: string
  reason: string
  reasonError: string | null
  errorSummary: ErrorLine[]
  /** Somebody else has acted since the page was opened. */
  isStale: boolean
  /** Where the hospital can be told by mail; '' where it cannot. */
  email: string
  sendMail: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/closing': ClosingModel
  }
}

/** What can be done about an answer in this state, beside making it count. */
export function closingActOf(state: SubmissionState): 'close' | 'reopen' | null {
  if (closedAs(state) !== null) return 'close'
  return reopenedAs(state) === null ? null : 'reopen'
}

function isOpenTo(path: ClosingAct, submission: Submission): boolean {
  return path === 'unlink' ? isLinked(submission) : closingActOf(submission.state) === path
}

interface Numbered {
  Params: { number: string }
}

const ACTS: readonly { path: ClosingAct; act: string }[] = [
  { path: 'close', act: '回答の不採用・対象外' },
  { path: 'reopen', act: '確認待ちへの変更' },
  { path: 'unlink', act: '病院の特定の取消し' },
]

/** An answer that is not used waits no more, with a reason; it can wait again, with a reason. */
export function closingRoutes(
  app: FastifyInstance,
  { stores, now, mail }: AdminOptions,
  { show }: Pick<AnswerPage, 'show'>,
): void {
  for (const { path, act } of ACTS) {
    app.get<Numbered>(`/submissions/:number/${path}`, forOfficers, async (request, reply) =>
      closingPage(reply, stores, { request, path, show, hasMail: mail !== undefined }),
    )

    const config = { role: 'officer', act } as const
    app.post<Numbered>(`/submissions/:number/${path}`, { config }, async (request, reply) => {
      const { number } = request.params
      const fields = fieldsOf(request.body)
      const asked = { request, path, show, hasMail: mail !== undefined }
      const row = rowOf(stores, number)
      if (row && !stillShows(request.body, 'shown', standing(answersBeside(stores, row))))
        return closingPage(reply.code(409), stores, { ...asked, isStale: true })
      const parsed = parseReason(fields.get('reason'))
      if (!parsed.ok) return closingPage(reply.code(422), stores, { ...asked, reasonError: parsed.message })
      const tells = path === 'close' && fields.get('sendMail') === 'yes'
      const decision = {
        actor: officerOf(request).login,
        at: now(),
        reason: parsed.reason,
        mail: tells ? mail : undefined,
      }
      const outcome = stores.submissions[path](number, decision)
      if (outcome === 'not-waiting' || outcome === 'not-closed' || outcome === 'not-linked')
        return show(reply.code(409), number, { done: TOO_LATE })
      return reply.redirect(`/admin/submissions/${number}?done=${outcome}`, 303)
    })
  }
}

function rowOf(stores: Stores, number: string): SubmissionRow | undefined {
  return submissionRows(stores).find(({ submission }) => submission.number === number)
}

function answersBeside(stores: Stores, row: SubmissionRow) {
  return siblingsOf(submissionRows(stores), row).map(({ submission }) => submission)
}

interface Asked {
  request: FastifyRequest<Numbered>
  path: ClosingAct
  show: AnswerPage['show']
  hasMail: boolean
  reasonError?: string
  isStale?: boolean
}

/** The page of the act; the answer's own page where there is nothing more to do. */
function closingPage(
  reply: FastifyReply,
  stores: Stores,
  { request, path, show, hasMail, reasonError, isStale = false }: Asked,
): FastifyReply {
  const { number } = request.params
  const row = rowOf(stores, number)
  if (!row) return refusal(reply, 'not-found')
  const { submission, hospitalName } = row
  if (!isOpenTo(path, submission)) return show(reply.code(409), number, { done: TOO_LATE })
  const answers = answersBeside(stores, row)
  return adminPage(reply, 'admin/submissions/closing', {
    number,
    hospitalName,
    act: path,
    state: submission.state,
    confirmed: confirmedSeat(stores, submission.hospitalCode),
    current: currentOf(answers),
    lines: [
      ...receptionLines(submission),
      ...officeLines(submission.answers, furtherOf(stores, [submission.answers])),
    ],
    shown: standing(answers),
    reason: fieldsOf(request.body).get('reason'),
    reasonError: reasonError ?? null,
    errorSummary: errorLines({ reason: reasonError }),
    isStale,
    email: hasMail && path === 'close' ? submission.answers.email : '',
    // Who is not of the survey may be a stranger: only an officer knows whether to write.
    sendMail:
      request.method === 'GET'
        ? submission.state === 'duplicate'
        : fieldsOf(request.body).get('sendMail') === 'yes',
  })
}
