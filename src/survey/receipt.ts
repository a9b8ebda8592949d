import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../db/stores.ts'
import {
  type HospitalReference,
  normaliseConfirmationCode,
  normaliseReceiptKey,
  type Submission,
} from '../domain/submission.ts'
import { formOf } from '../domain/submission-form.ts'
import { errorPage } from '../web/errors.ts'
import { page } from '../web/views.ts'
import { type AnswerRow, answerRows } from './answer-rows.ts'
import { fiscalYearText } from './fiscal-year.ts'
import { receiptTries } from './receipt-tries.ts'

export interface ReceiptModel {
  number: string
  code: string
  state: Submission['state']
  receivedAt: Date
  /** When the latest version came; null while the first one stands. */
  correctedAt: Date | null
  withdrawnAt: Date | null
  rows: AnswerRow[]
  fiscalYear: string
}

declare module '../web/views.ts' {
  interface Views {
    'survey/receipt': ReceiptModel
  }
}

type ReceiptRequest = FastifyRequest<{ Params: { number: string; code: string } }>

/** The receipt lives at an address of its own: it survives bookmarks, printing and the back button. */
export function receiptRoutes(app: FastifyInstance, stores: Stores): void {
  const tries = receiptTries(app)

  app.get('/receipts/:number/:code', async (request: ReceiptRequest, reply) => {
    reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    const refusal = await tries.refusal(request, reply)
    if (refusal) return refusal
    const known = stores.submissions.byNumber(normaliseReceiptKey(request.params.number))
    if (hasCode(known, request.params.code)) return receiptPage(reply, known, stores)
    await tries.countWrong(request)
    return errorPage(reply, 404)
  })
}

export function receiptPath({ number, code }: Pick<Submission, 'number' | 'code'>): string {
  return `/receipts/${number}/${code}`
}

/** Takes the same time whether the number is unknown or the code is wrong. */
function hasCode(known: Submission | null, code: string): known is Submission {
  const matches = timingSafeEqual(digest(normaliseConfirmationCode(code)), digest(known?.code ?? ''))
  return known !== null && matches
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function receiptPage(reply: FastifyReply, submission: Submission, stores: Stores): FastifyReply {
  const { number, code, state, submittedAt, correctedAt, withdrawnAt, version } = submission
  const { submissionId, answers } = submission
  const form = formOf({ submissionId, hospital: namedHospital(submission), answers })
  return page(reply, 'survey/receipt', {
    number,
    code,
    state,
    receivedAt: submittedAt,
    correctedAt: version > 1 ? correctedAt : null,
    withdrawnAt,
    rows: answerRows(form, stores.hospitals.byCode),
    fiscalYear: fiscalYearText(reply.request.site.fiscalYear),
  })
}

/** As the hospital named itself: an officer's link to the master does not change what it wrote. */
function namedHospital({ typedHospital, hospitalCode }: Submission): HospitalReference {
  return typedHospital ? { kind: 'other', ...typedHospital } : { kind: 'master', code: hospitalCode ?? '' }
}
