import type { FastifyInstance, FastifyRequest } from 'fastify'

/** By address: a proxy may stand for many hospitals, which all answer in the last hour. A program sends far more. */
const SENDINGS = { max: 300, timeWindow: '10 minutes' }

/** Counts a sending. @returns the seconds after which the next one is taken; null while there are some left */
export function sendingLimit(app: FastifyInstance): (request: FastifyRequest) => Promise<number | null> {
  const limit = app.createRateLimit(SENDINGS)
  return async (request) => {
    const status = await limit(request)
    return status.isAllowed || !status.isExceeded ? null : status.ttlInSeconds
  }
}

/** Shown on 確認, where everything stays as it was typed. */
export function busyText(seconds: number): string {
  return `短い時間に多くの回答が届いているため、この回答はまだ受け付けていません。${Math.ceil(seconds / 60)}分ほど待ってから、このページの「この内容で回答する」を、もう一度押してください。`
}
