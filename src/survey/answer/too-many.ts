import type { FastifyReply } from 'fastify'
import type { TooMany } from '../../db/submission-changes.ts'
import { dateTimeText } from '../../domain/text/dates.ts'

/** What is sent is asked to come again: 429, with the seconds until then. */
export function askedToWait(reply: FastifyReply, { from }: TooMany, now: Date): FastifyReply {
  const seconds = Math.max(1, Math.ceil((from.getTime() - now.getTime()) / 1000))
  return reply.code(429).header('retry-after', seconds)
}

/** Shown on 確認, where everything stays as it was typed. */
export function tooManyText({ from, submission: { number } }: TooMany): string {
  const again = dateTimeText(new Date(Math.ceil(from.getTime() / MINUTE) * MINUTE))
  return `受付番号${number}の回答は、短い時間に何度も訂正されているため、この訂正はまだ受け付けていません。登録されている回答は、変わっていません。入力した内容は、このページに残っています。このページを開いたまま、${again}になってから、もう一度送信してください。お急ぎの場合は、問合せ先まで御連絡ください。`
}

const MINUTE = 60_000
