import type { FastifyInstance } from 'fastify'
import type { Submission } from '../../domain/answer/submission.ts'
import { receiptPath } from '../../domain/answer/submission.ts'
import { page } from '../../web/views.ts'
import { type AnswerRow, answerRows } from '../answer/answer-rows.ts'
import type { SurveyOptions } from '../options.ts'
import { receiptOf } from './access.ts'
import { whileWithdrawable } from './changes-gate.ts'
import { storedForm } from './history.ts'

export interface WithdrawalModel {
  path: string
  number: string
  receivedAt: Date
  state: Submission['state']
  /** Whether its hospital allowed the reuse of its GMIS answers. */
  gmisConsent: boolean
  rows: AnswerRow[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/withdrawal': WithdrawalModel
  }
}

/** Taking an answer back: a page of its own with the consequences. The answer stays on record. */
export function withdrawalRoutes(app: FastifyInstance, { stores, now, mail }: SurveyOptions): void {
  const withdrawable = { preHandler: whileWithdrawable }

  app.get('/withdraw', withdrawable, (request, reply) => {
    const submission = receiptOf(request)
    return page(reply, 'survey/receipt/withdrawal', {
      path: receiptPath(submission),
      number: submission.number,
      receivedAt: submission.submittedAt,
      state: submission.state,
      gmisConsent: submission.answers.gmisConsent,
      rows: answerRows(storedForm(submission), stores.hospitals.byCode),
    })
  })

  app.post('/withdraw', withdrawable, (request, reply) => {
    const submission = receiptOf(request)
    const { number } = submission
    stores.submissions.withdraw(number, { at: now(), actor: null, mail })
    return reply.redirect(receiptPath(submission), 303)
  })
}
