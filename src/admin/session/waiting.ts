import type { FastifyReply } from 'fastify'
import { adminPage } from '../page.ts'
import { whomToAsk } from '../refusals.ts'

/** Too many were wrong: how long to wait, in words and for programs. */
export function waitingPage(reply: FastifyReply, wait: number): FastifyReply {
  const seconds = Math.ceil(wait / 1000)
  reply.code(429).header('retry-after', String(seconds))
  return adminPage(reply, 'admin/session/refusal', {
    heading: 'ログインなどの失敗が続いたため、しばらく待つ必要があります',
    message: `${waitText(seconds)}待ってから、もう一度お試しください。失敗が続くと、待つ時間は長くなります。パスワードや認証コードが分からない場合は、${whomToAsk(reply)}に連絡してください。`,
  })
}

/** 45秒ほど, 3分ほど */
function waitText(seconds: number): string {
  return seconds < 60 ? `${seconds}秒` : `${Math.ceil(seconds / 60)}分ほど`
}
