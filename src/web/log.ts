import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { factsOf } from './error-facts.ts'

/**
 * What stands in the log of a request: the route that it met, and never its address, in which 確認コード, tokens and what people
 * search for stand, however it is spelt. Of an address that meets none nothing is said but how it was asked.
 */
export const LOG_SERIALIZERS = {
  req: ({ method, routeOptions }: FastifyRequest) => ({ method, route: routeOptions?.url ?? null }),
  res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
  err: (error: unknown) => ({ ...factsOf(error) }),
}

/** Refusals that tell of an attack; whoever keeps one off has to know from where it comes. Of anybody else no address is kept. */
const FROM_WHERE = new Set([401, 403, 408, 429])

/** One line a request, once it is answered. */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply) {
    const { statusCode } = reply
    const from = FROM_WHERE.has(statusCode) ? { ip: request.ip } : {}
    const facts = { req: request, res: reply, ms: Math.round(reply.elapsedTime), ...from }
    if (error) request.log.error({ ...facts, err: error }, 'request errored')
    else request.log.info(facts, 'request completed')
  }

  override defaultErrorLog(error: Error, request: FastifyRequest): void {
    request.log.error({ err: error }, 'request failed')
  }

  override streamError(error: Error, request: FastifyRequest): void {
    request.log.info({ err: error }, 'answer cut off')
  }

  override routeNotFound(): void {}

  override writeHeadError(error: Error, request: FastifyRequest): void {
    request.log.error({ err: error }, 'a header cannot be sent')
  }

  override serializerError(error: Error, request: FastifyRequest): void {
    request.log.error({ err: error }, 'an answer cannot be written')
  }
}
