import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { asUnavailable } from '../../web/failures.ts'
import { spokenId } from '../../web/request-id.ts'

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
        again = showAgain(request as Request, asUnavailable(reply, missing), notStored(act, request.id))
      } catch (another) {
        request.log.info({ reason: String(another) }, 'what was typed cannot be shown on its own page')
        throw error
      }
      request.log.error({ reason: missing.message }, 'the storage cannot be used')
      return again
    },
  }
}

function notStored(act: keyof typeof KEPT, id: string): string {
  const { kept, button } = KEPT[act]
  return `ただいま保存できないため、${act}は、まだ受け付けていません。${kept}1分ほど待ってから、このページの「${button}」を、もう一度押してください。続く場合は、問合せ先まで御連絡ください（問合せ番号：${spokenId(id)}）。`
}

const TYPED = '入力した内容は、このページに残っています。'
const STORED = '登録されている回答は、変わっていません。'

/** What is as it was, and what is pressed again. */
const KEPT = {
  回答: { kept: TYPED, button: 'この内容で回答する' },
  訂正: { kept: TYPED + STORED, button: 'この内容に訂正する' },
  取下げ: { kept: STORED, button: 'この回答を取り下げる' },
  辞退の申出: { kept: TYPED, button: '辞退する' },
} as const
