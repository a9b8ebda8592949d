import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { OpenedSubmission } from '../../db/submissions.ts'
import { receiptPath } from '../../domain/answer/receipt.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Acceptance } from '../../domain/record/acceptance.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { lengthProblem, normaliseMultiline, within } from '../../domain/text/text.ts'
import { type AskedHospital, askedHospital } from '../../office/rounds/acceptance.ts'
import { fieldsOf } from '../../web/fields.ts'
import { page } from '../../web/views.ts'
import { keptOnItsPage } from '../answer/kept.ts'
import type { SurveyOptions } from '../options.ts'
import { receiptOf } from './access.ts'

/** 受諾確認 as the receipt shows it. */
export interface AskedModel {
  /** `waiting`: nothing was said yet; `given-back`: declined, and the prefecture has dealt with it. */
  state: 'waiting' | 'accepted' | 'declined' | 'given-back'
  deadline: string
  isOpen: boolean
  /** When it was said; '' where nothing was. */
  answeredAt: string
}

interface DeclineModel {
  path: string
  number: string
  hospital: string
  deadline: string
  /** It has accepted before. */
  hasAccepted: boolean
  reason: string
  error: string
  /** Why it has to be said again; '' at the first time. */
  explanation: string
}

interface NotTakenModel {
  path: string
  /** `closed`: the last day is over; `declined`: it has declined already; `unasked`: nobody asks. */
  why: 'closed' | 'declined' | 'unasked'
  deadline: string
  answer: Acceptance
  /** What was typed, so that nothing is lost. */
  reason: string
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/acceptance-decline': DeclineModel
    'survey/receipt/acceptance-refused': NotTakenModel
  }
}

export function askedModel(stores: Stores, submission: Submission, now: Date): AskedModel | null {
  const asked = askedHospital(stores, submission, now)
  if (!asked) return null
  const { answer, isGivenBack, closesAt, isOpen } = asked
  return {
    state: isGivenBack ? 'given-back' : (answer?.answer ?? 'waiting'),
    deadline: deadlineText({ closesAt }),
    isOpen,
    answeredAt: answer ? dateTimeText(answer.receivedAt) : '',
  }
}

/** A selected hospital says whether it takes its seat. Declining has a page of its own with what follows. */
export function acceptanceRoutes(app: FastifyInstance, { stores, now }: SurveyOptions): void {
  app.get('/accept', (request, reply) => reply.redirect(receiptPath(receiptOf(request)), 303))

  app.post('/accept', (request, reply) => say(reply, receiptOf(request), 'accepted', ''))

  app.get('/decline', (request, reply) => {
    const submission = receiptOf(request)
    const asked = askedHospital(stores, submission, now())
    if (!asked?.isOpen || asked.answer?.answer === 'declined')
      return reply.redirect(receiptPath(submission), 303)
    return declinePage(reply, asked, { reason: '' })
  })

  const kept = keptOnItsPage('辞退の申出', (request, reply, explanation) => {
    const asked = askedHospital(stores, receiptOf(request), now())
    if (!asked) throw new Error('nobody asks')
    return declinePage(reply, asked, { reason: typedReason(request), explanation })
  })

  app.post('/decline', kept, (request, reply) => {
    const submission = receiptOf(request)
    const typed = typedReason(request)
    const reason = normalised(typed)
    const error = lengthProblem('辞退の理由', reason, LONGEST)
    const asked = askedHospital(stores, submission, now())
    if (error && asked?.isOpen) return declinePage(reply.code(422), asked, { reason: typed, error })
    return say(reply, submission, 'declined', reason)
  })

  function say(
    reply: FastifyReply,
    submission: OpenedSubmission,
    answer: Acceptance,
    reason: string,
  ): FastifyReply {
    const path = receiptPath(submission)
    const asked = askedHospital(stores, submission, now())
    const refuse = (why: NotTakenModel['why']) =>
      page(reply.code(why === 'closed' ? 403 : 409), 'survey/receipt/acceptance-refused', {
        path,
        why,
        deadline: asked ? deadlineText({ closesAt: asked.closesAt }) : '',
        answer,
        reason,
      })
    if (!asked) return refuse('unasked')
    const { round, countsFrom } = asked
    const outcome = stores.acceptance.answer(
      {
        ...{ round, countsFrom, answer },
        hospitalCode: submission.hospitalCode!,
        submission: submission.number,
        reason: reason || null,
      },
      now(),
    )
    if (outcome === 'closed') return refuse('closed')
    return outcome === 'stays-declined' ? refuse('declined') : reply.redirect(`${path}#acceptance`, 303)
  }

  function declinePage(
    reply: FastifyReply,
    { closesAt, answer }: AskedHospital,
    { reason, error = '', explanation = '' }: Pick<DeclineModel, 'reason'> & Partial<DeclineModel>,
  ): FastifyReply {
    const submission = receiptOf(reply.request)
    return page(reply, 'survey/receipt/acceptance-decline', {
      path: receiptPath(submission),
      number: submission.number,
      hospital: stores.hospitals.byCode(submission.hospitalCode!)?.name ?? '',
      deadline: deadlineText({ closesAt }),
      hasAccepted: answer?.answer === 'accepted',
      ...{ reason, error, explanation },
    })
  }
}

function typedReason({ body }: FastifyRequest): string {
  return fieldsOf(body).get('reason')
}

const LONGEST = 500
const normalised = within(LONGEST, normaliseMultiline)
