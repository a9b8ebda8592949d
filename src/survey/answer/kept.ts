import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { asUnavailable } from '../../web/failures.ts'

/**
 * Of a route that stores something: where it cannot be stored for now, its own page comes again, with everything that was
 * typed. What cannot be shown so, as the storage cannot even be read, is left to the page that needs nothing of it.
 * @param act what was to be stored, as a hospital calls it
 * @param showAgain the page: 確認 of an answer
 */
export function keptOnItsPage<Request extends FastifyRequest>(
  act: keyof typeof KEPT,
  showAgain: (request: Request, reply: FastifyReply, explanation: string) => FastifyReply,
) {
  return {
    errorHandler(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
      const missing = request.server.unavailability(error)
      if (!missing) throw error
      let again: FastifyReply
      try {
        again = showAgain(request as Request, asUnavailable(reply, missing), notStored(act))
      } catch (another) {
        request.log.info({ reason: String(another) }, 'what was typed cannot be shown on its own page')
        throw error
      }
      request.log.error({ reason: missing.message }, 'the storage cannot be used')
      return again
    },
  }
}

function notStored(act: keyof typeof KEPT): string {
  return `ただいま保存できないため、${act}は、まだ受け付けていません。${KEPT[act]}1分ほど待ってから、このページの下のボタンをもう一度押してください。続く場合は、問合せ先まで御連絡ください。`
}

const TYPED = '入力した内容は、このページに残っています。'

/** What is as it was. */
const KEPT = {
  回答: TYPED,
  訂正: `${TYPED}登録されている回答は、変わっていません。`,
  取下げ: '登録されている回答は、変わっていません。',
  辞退の申出: TYPED,
} as const
