import type { IncomingMessage } from 'node:http'

/** How long and how many: of connections, of what comes over them, and of the end. Milliseconds, where nothing else is said. */
export interface ConnectionLimits {
  /** Open at once, on one listener. */
  connections: number
  /** Requests on one connection that wait for their answer: Node begins with all of them at once, and everybody else waits. */
  unanswered: number
  /** In which the head of a request has to have come. */
  head: number
  /** In which a form has to have come. */
  form: number
  /** In which a file has to have come, that an officer brings. */
  file: number
  /** Bytes a second, on the average, once `grace` is over. */
  leastRate: number
  grace: number
  /** After which a connection is cut on which nothing moves, whoever waits for whom. */
  silence: number
  /** For which a connection is kept open for the next request: longer than a proxy keeps it. */
  keepAlive: number
  /** How often all this is looked at. */
  lookEvery: number
  /** For which requests on open connections are told that the server ends, before these are closed. */
  farewell: number
  /** After which everything is cut, when the server ends. */
  end: number
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  connections: 1_000,
  unanswered: 10,
  head: 15_000,
  form: 30_000,
  // 32 MB by a line of 1 Mbit/s.
  file: 5 * 60_000,
  leastRate: 200,
  grace: 10_000,
  silence: 120_000,
  keepAlive: 72_000,
  lookEvery: 1_000,
  farewell: 400,
  end: 1_200,
}

/**
 * What a process may hold open besides connections: the database, its log, the views, the threads, and what comes between two looks.
 * @param openFiles that the process may have; undefined where nobody can tell
 */
export function limitsFor(openFiles: unknown): ConnectionLimits {
  const { connections } = CONNECTION_LIMITS
  if (typeof openFiles !== 'number') return CONNECTION_LIMITS
  return { ...CONNECTION_LIMITS, connections: Math.max(20, Math.min(connections, Math.floor(openFiles / 3))) }
}

const files = new WeakSet<IncomingMessage>()

/** Of a request that brings a file, once it is known that an officer brings it. */
export function bringsFile(request: IncomingMessage): void {
  files.add(request)
}

/** How long this request may take to come. */
export function longestSending(request: IncomingMessage, { form, file }: ConnectionLimits): number {
  return files.has(request) ? file : form
}
