import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type ConnectionLimits, longestSending } from './limits.ts'
import { answerPlainly } from './plain-answer.ts'
import { requestIdOf } from './request-id.ts'

/** A connection as it stands. */
interface Held {
  /** Of whoever is at its other end: a visitor or the proxy. */
  address: string
  request: IncomingMessage | null
  response: ServerResponse | null
  /** Bytes read before the request began, or until the last one was answered; and how long this one has been coming. */
  bytesBefore: number
  waited: number
  /** Requests that came and have no answer yet. */
  unanswered: number
}

interface WatchOptions {
  limits: ConnectionLimits
  /** Of every answer. */
  headers: Readonly<Record<string, string>>
  /** A request that was ended because it came too slowly. */
  tooSlow(request: IncomingMessage): void
}

export type Connections = ReturnType<typeof watchConnections>

/**
 * Watches the connections of a server, so that nobody keeps others out by holding some: a request that does not come ends, and
 * where there are too many connections one goes that answers nothing.
 */
export function watchConnections(server: Server, { limits, headers, tooSlow }: WatchOptions) {
  // In the order in which they were last of use.
  const open = new Map<Socket, Held>()

  server.on('connection', (socket: Socket) => {
    open.set(socket, { address: socket.remoteAddress ?? '', ...IDLE, unanswered: 0 })
    socket.once('close', () => open.delete(socket))
    if (open.size > limits.connections) makeRoom()
  })
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    const held = open.get(socket)
    if (!held) return
    held.unanswered += 1
    Object.assign(held, { request, response, bytesBefore: socket.bytesRead, waited: 0 })
    response.once('close', () => {
      held.unanswered -= 1
      // A refusal may have left before the request had come: it has to come all the same.
      if (held.request !== request || !request.complete) return
      open.delete(socket)
      if (socket.destroyed) return
      Object.assign(held, { ...IDLE, bytesBefore: socket.bytesRead })
      open.set(socket, held)
    })
  })

  /** By time that was waited and not by the clock: what this process itself delayed is nobody's fault. */
  function look(): void {
    for (const [socket, held] of open) {
      const { request } = held
      if (!request || request.complete) continue
      held.waited += limits.lookEvery
      if (isTooSlow(held, request, socket)) endSlow(socket, held, request)
    }
  }

  function isTooSlow({ waited, bytesBefore }: Held, request: IncomingMessage, socket: Socket): boolean {
    if (waited >= longestSending(request, limits)) return true
    return waited >= limits.grace && socket.bytesRead - bytesBefore < (limits.leastRate * waited) / 1000
  }

  function endSlow(socket: Socket, held: Held, request: IncomingMessage): void {
    tooSlow(request)
    if (held.response?.headersSent) socket.destroy()
    else answerPlainly(socket, 408, headers, requestIdOf(request))
  }

  /** Ends the one that answers nothing, from where most of them come, and that for the longest. */
  function makeRoom(): void {
    const from = new Map<string, number>()
    for (const { address } of open.values()) from.set(address, (from.get(address) ?? 0) + 1)
    let chosen: [Socket, Held] | null = null
    for (const each of open) {
      if (isAnswering(each[1]) || each[0].destroyed) continue
      if (!chosen || from.get(each[1].address)! > from.get(chosen[1].address)!) chosen = each
    }
    chosen?.[0].destroy()
  }

  let timer: NodeJS.Timeout | undefined
  server.once('listening', () => {
    timer = setInterval(look, limits.lookEvery).unref()
  })
  server.once('close', () => clearInterval(timer))

  return {
    size: (): number => open.size,

    /** Whether more was asked at once over the request's connection than anybody waits for who reads the answers. */
    isOverrun: ({ socket }: IncomingMessage): boolean =>
      (open.get(socket)?.unanswered ?? 0) > limits.unanswered,

    /** Who has sent a part of a request is told that nothing of it is kept. */
    endHalfSent(): void {
      for (const [socket, { request, response, bytesBefore }] of open) {
        const isHalfSent = request ? !request.complete : socket.bytesRead > bytesBefore
        if (isHalfSent && !response?.headersSent)
          answerPlainly(socket, 503, headers, request && requestIdOf(request))
      }
    },
  }
}

const IDLE = { request: null, response: null, bytesBefore: 0, waited: 0 } as const

/** There is a whole request, and its answer is being made; whoever only does not read it holds a place for nothing. */
function isAnswering({ request, response }: Held): boolean {
  return request?.complete === true && response?.writableEnded === false
}
