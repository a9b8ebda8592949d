import type { FastifyInstance } from 'fastify'
import { isProxy } from '../../domain/answer/choices.ts'
import { answerLines, type QuestionLine } from '../../domain/answer/lines.ts'
import { CODE_STANDS, receiptAddress } from '../../domain/answer/receipt.ts'
import { asSent, type Submission } from '../../domain/answer/submission.ts'
import { receptionLines } from '../../office/answers/comparison.ts'
import { noticeOf } from '../../office/answers/notice.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'

interface ReceiptModel {
  number: string
  /** Null where only its hospital knows it. */
  code: string | null
  /** Where it stands, where only its hospital knows it. */
  codeStands: string
  /** Where the hospital finds it. */
  url: string
  hospitalName: string
  state: Submission['state']
  /** What its state means to the hospital; null where nothing needs to be said. */
  notice: ReturnType<typeof noticeOf>
  reception: { label: string; text: string }[]
  lines: QuestionLine[]
  /** Where it is mailed to, if it is. */
  email: string
  /** What has just been done; '' later on. */
  done: '' | 'saved' | 'corrected' | 'already-received'
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/receipt': ReceiptModel
  }
}

/**
 * 受付票 of an answer that staff have entered, to be handed on: the hospital has not seen number and code yet. Of one
 * that a hospital sent itself it has its own, and nobody else reads its code.
 */
export function receiptRoutes(app: FastifyInstance, { stores, publicUrl }: AdminOptions): void {
  app.get<{ Params: { number: string } }>(
    '/submissions/:number/receipt',
    forOfficers,
    async (request, reply) => {
      const submission = stores.submissions.byNumber(request.params.number)
      if (!submission || !isProxy(submission.channel)) return refusal(reply, 'not-found')
      const { number, code, state, answers, hospitalCode, typedHospital } = submission
      const hospital = hospitalCode === null ? null : stores.hospitals.byCode(hospitalCode)
      const { site } = request
      const done = fieldsOf(request.query).get('done')
      return adminPage(reply, 'admin/submissions/receipt', {
        number,
        code,
        codeStands: CODE_STANDS,
        url: publicUrl + receiptAddress(submission),
        hospitalName: hospital?.name ?? typedHospital?.name ?? '',
        state,
        notice: noticeOf(submission, stores, {
          answersUntil: site.state === 'open' ? site.deadline : '',
          kind: site.place.kind,
        }),
        reception: receptionLines(submission),
        lines: answerLines(asSent(submission), stores.hospitals.byCode, site.questions),
        email: answers.email,
        done: DONE.find((each) => each === done) ?? '',
      })
    },
  )
}

const DONE = ['saved', 'corrected', 'already-received'] as const
