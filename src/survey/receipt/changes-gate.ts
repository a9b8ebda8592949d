import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { receiptPath, sameContent } from '../../domain/answer/submission.ts'
import { page } from '../../web/views.ts'
import { type AnswerRow, answerRows } from '../answer/answer-rows.ts'
import { receiptOf } from './access.ts'
import { parseCorrection, typedCorrection } from './correction-form.ts'

export interface ChangesRefusedModel {
  path: string
  isWithdrawn: boolean
  /** What was typed, where a form was sent: shown, so that nothing is lost. */
  rows: AnswerRow[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/changes-refused': ChangesRefusedModel
  }
}

/** Corrections are taken until the deadline, and of what was not withdrawn. Afterwards a sender keeps the text. */
export function whileCorrectable({ hospitals }: Stores) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const submission = receiptOf(request)
    const path = receiptPath(submission)
    const isWithdrawn = submission.state === 'withdrawn'
    if (!isWithdrawn && request.site.state === 'open') return undefined
    // Sent again, as the first reply got lost: it was received, and must not read as too late.
    if (isStored(request)) return reply.redirect(path, 303)
    if (request.method !== 'POST' && isWithdrawn) return reply.redirect(path, 303)
    const typed = request.method === 'POST' ? typedCorrection(request.body, submission) : null
    const rows = typed ? answerRows(typed, hospitals.byCode) : []
    return page(reply.code(isWithdrawn ? 409 : 403), 'survey/receipt/changes-refused', {
      path,
      isWithdrawn,
      rows,
    })
  }
}

/** Taken back until the deadline; what is withdrawn already is not told that it is too late. */
export async function whileWithdrawable(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const submission = receiptOf(request)
  const path = receiptPath(submission)
  if (submission.state === 'withdrawn') return reply.redirect(path, 303)
  if (request.site.state === 'open') return undefined
  return page(reply.code(403), 'survey/receipt/changes-refused', { path, isWithdrawn: false, rows: [] })
}

function isStored(request: FastifyRequest): boolean {
  const submission = receiptOf(request)
  if (request.method !== 'POST' || submission.version === 1 || submission.state === 'withdrawn') return false
  const parsed = parseCorrection(typedCorrection(request.body, submission), submission)
  return parsed.ok && sameContent(submission, parsed.submission)
}
