import type { FastifyInstance } from 'fastify'

/** For the monitoring of the host: whether the database answers and can be written. Waits for nobody. */
export function registerHealth(app: FastifyInstance, database: { ping(): void }): void {
  app.get('/healthz', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      database.ping()
      return { status: 'ok' }
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer')
      return reply.code(503).send({ status: 'unavailable' })
    }
  })
}
