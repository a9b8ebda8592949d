import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { registerClosing } from './closing.ts'
import { watchConnections } from './connections.ts'
import { securityHeaders } from './headers.ts'
import type { ConnectionLimits } from './limits.ts'
import { answerPlainly, PLAIN_HEADERS, plainPage } from './plain-answer.ts'
import { REQUEST_ID, requestIdOf } from './request-id.ts'

interface ListenerOptions {
  https: boolean
  limits: ConnectionLimits
  /** Bytes of the head of a request. */
  maxHeaderSize: number
  /** A connection whose request never became one, or that was ended. */
  refused(status: number): void
}

/** What Fastify and Node are told of connections, and what is answered where neither has made a request of what came. */
export function listenerOptions({ https, limits, maxHeaderSize, refused }: ListenerOptions) {
  const headers = securityHeaders({ https })
  return {
    http: {
      maxHeaderSize,
      headersTimeout: limits.head,
      connectionsCheckingInterval: limits.lookEvery,
      // A request without a host is refused with a page.
      requireHostHeader: false,
    },
    // The last resort: `watchConnections` ends what comes too slowly, each kind in its time.
    requestTimeout: limits.file + limits.head,
    connectionTimeout: limits.silence,
    keepAliveTimeout: limits.keepAlive,
    forceCloseConnections: 'idle' as const,
    // Said by `registerClosing`.
    return503OnClosing: false,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const status = error.statusCode ?? 400
      const named = { [REQUEST_ID]: request.id }
      reply
        .code(status)
        .headers({ ...headers, ...PLAIN_HEADERS, ...named })
        .send(plainPage(status, request.id))
    },
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => {
      // Whoever is gone is told nothing.
      if (error.code === 'ECONNRESET' || isAnswered(socket)) socket.destroy()
      else {
        const status = CLIENT_ERRORS[error.code ?? ''] ?? 400
        refused(status)
        answerPlainly(socket, status, headers)
      }
    },
  }
}

const CLIENT_ERRORS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

/** Whether something has left already that another answer would be taken for a part of. */
function isAnswered(socket: Socket & { _httpMessage?: ServerResponse }): boolean {
  return socket._httpMessage?.headersSent === true
}

/** Before everything else that is registered: the requests that meet a closing listener go no further. */
export function registerListener(
  app: FastifyInstance,
  { https, limits, refused }: Omit<ListenerOptions, 'maxHeaderSize'>,
): void {
  const headers = securityHeaders({ https })
  const { server } = app
  // Beyond it connections are not even accepted: those that have to go need a moment.
  server.maxConnections = limits.connections + Math.ceil(limits.connections / 10)
  server.on('connect', (_request: IncomingMessage, socket: Socket) => answerPlainly(socket, 405, headers))
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) =>
    response.writeHead(417, { ...headers, ...PLAIN_HEADERS, connection: 'close' }).end(plainPage(417)),
  )
  const connections = watchConnections(server, {
    limits,
    headers,
    tooSlow: (request) => {
      refused(408)
      const facts = { reqId: requestIdOf(request), status: 408, ip: request.socket.remoteAddress }
      app.log.info(facts, 'request came too slowly')
    },
  })
  // Browsers and proxies ask one thing after the other on a connection. It is cut, as no page fits between the answers.
  app.addHook('onRequest', async ({ raw }, reply) => {
    // What came at once is read first: of too many none is begun.
    await undefined
    if (!connections.isOverrun(raw)) return
    reply.hijack()
    raw.socket.destroy()
  })
  registerClosing(app, connections, limits)
}
