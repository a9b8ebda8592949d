import type { FastifyReply, FastifyRequest } from 'fastify'
import type { QuestionLine } from '../../domain/answer/lines.ts'
import { receiptPath } from '../../domain/answer/receipt.ts'
import { page } from '../../web/views.ts'
import { receiptOf } from './access.ts'

interface ChangesRefusedModel {
  path: string
  isWithdrawn: boolean
  /** What was typed, where a form was sent: shown, so that nothing is lost. */
  lines: QuestionLine[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/changes-refused': ChangesRefusedModel
  }
}

/** What a correction is made of, as far as its gate has to look at it. */
interface SentCorrection {
  lines(request: FastifyRequest): QuestionLine[]
  /** Whether the answer already says what is sent. */
  isStored(request: FastifyRequest): boolean
}

/** Corrections are taken until the deadline, and of what was not withdrawn. Afterwards a sender keeps the text. */
export function whileCorrectable({ lines, isStored }: SentCorrection) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const submission = receiptOf(request)
    const path = receiptPath(submission)
    const isSending = request.method === 'POST'
    const isWithdrawn = submission.state === 'withdrawn'
    if (!isWithdrawn && request.site.state === 'open') return undefined
    // Sent again, as the first reply got lost: it was received, and must not read as too late.
    const isReceived = isSending && !isWithdrawn && submission.version > 1 && isStored(request)
    if (isReceived || (isWithdrawn && !isSending)) return reply.redirect(path, 303)
    return page(reply.code(isWithdrawn ? 409 : 403), 'survey/receipt/changes-refused', {
      path,
      isWithdrawn,
      lines: isSending ? lines(request) : [],
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
  return page(reply.code(403), 'survey/receipt/changes-refused', { path, isWithdrawn: false, lines: [] })
}
