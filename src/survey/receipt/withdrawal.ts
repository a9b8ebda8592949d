import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { answerLines, type QuestionLine } from '../../domain/answer/lines.ts'
import { receiptPath } from '../../domain/answer/receipt.ts'
import { asSent, type Submission } from '../../domain/answer/submission.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { page } from '../../web/views.ts'
import { keptOnItsPage } from '../answer/kept.ts'
import type { SurveyOptions } from '../options.ts'
import { receiptOf } from './access.ts'
import { whileWithdrawable } from './gate.ts'

interface WithdrawalModel {
  path: string
  number: string
  receivedAt: string
  state: Submission['state']
  /** Whether its hospital allowed the reuse of its GMIS answers. */
  gmisConsent: boolean
  /** Whether another answer of the same hospital could come to count. */
  hasOthers: boolean
  lines: QuestionLine[]
  /** Why it has to be confirmed again; '' at the first time. */
  explanation: string
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/withdrawal': WithdrawalModel
  }
}

/** Taking an answer back: a page of its own with the consequences. The answer stays on record. */
export function withdrawalRoutes(app: FastifyInstance, { stores, now, mail }: SurveyOptions): void {
  const withdrawable = { preHandler: whileWithdrawable }

  app.get('/withdraw', withdrawable, (request, reply) => withdrawalPage(request, reply, ''))

  const kept = keptOnItsPage('取下げ', withdrawalPage)
  app.post('/withdraw', { ...withdrawable, ...kept }, (request, reply) => {
    const submission = receiptOf(request)
    stores.submissions.withdraw(submission.number, { at: now(), actor: null, mail })
    return reply.redirect(receiptPath(submission), 303)
  })

  function withdrawalPage(request: FastifyRequest, reply: FastifyReply, explanation: string): FastifyReply {
    const submission = receiptOf(request)
    return page(reply, 'survey/receipt/withdrawal', {
      path: receiptPath(submission),
      number: submission.number,
      receivedAt: dateTimeText(submission.submittedAt),
      state: submission.state,
      gmisConsent: submission.answers.gmisConsent,
      hasOthers: hasOthers(submission, stores),
      lines: answerLines(asSent(submission), stores.hospitals.byCode, request.site.questions),
      explanation,
    })
  }
}

function hasOthers({ number, hospitalCode }: Submission, { submissions }: Stores): boolean {
  if (hospitalCode === null) return false
  return submissions
    .ofHospital(hospitalCode)
    .some((other) => other.number !== number && other.state !== 'withdrawn')
}
