import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorPage } from '../../web/errors.ts'

/** By address, wrong tries only: twenty clerks share one address and read their receipts as often as they like. */
const WRONG_TRIES = { max: 60, timeWindow: '10 minutes' }

export interface ReceiptTries {
  /** @returns the page that asks to wait, or undefined while tries are left. */
  refusal(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
  countWrong(request: FastifyRequest): Promise<void>
}

/** A code has 38 bits: so few tries find none, and nobody who mistypes is kept out. */
export function receiptTries(app: FastifyInstance): ReceiptTries {
  const limit = app.createRateLimit(WRONG_TRIES)
  return {
    async refusal(request, reply) {
      const status = await limit(request, { increment: false })
      if (status.isAllowed || !status.isExceeded) return undefined
      return errorPage(reply.header('retry-after', status.ttlInSeconds), 429)
    },
    async countWrong(request) {
      await limit(request)
    },
  }
}
