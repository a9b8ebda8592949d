import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { asUnavailable } from '../../web/failures.ts'

/**
 * Of a route that stores an answer: where it cannot be stored for now, its own 確認 comes again, with everything that was
 * typed. What cannot be shown so, as the storage cannot even be read, is left to the page that needs nothing of it.
 * @param confirmAgain shows it
 */
export function keptOnConfirm<Request extends FastifyRequest>(
  confirmAgain: (request: Request, reply: FastifyReply, explanation: string) => FastifyReply,
) {
  return {
    errorHandler(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
      const missing = request.server.unavailability(error)
      if (!missing) throw error
      let again: FastifyReply
      try {
        again = confirmAgain(request as Request, asUnavailable(reply, missing), NOT_STORED)
      } catch (another) {
        request.log.info({ reason: String(another) }, 'what was typed cannot be shown on its own page')
        throw error
      }
      request.log.error({ reason: missing.message }, 'the storage cannot be used')
      return again
    },
  }
}

const NOT_STORED =
  'ただいま回答を保存できないため、まだ受け付けていません。入力した内容は、このページに残っています。1分ほど待ってから、このページの下のボタンをもう一度押してください。'
