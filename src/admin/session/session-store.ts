import type fastifySession from '@fastify/session'
import type { Session } from 'fastify'
import type { SessionTable } from '../../db/sessions.ts'

const HOUR = 60 * 60 * 1000
/** Since it was last used. */
export const SESSION_LIFETIME = 8 * HOUR
/** A login page left open. */
const ANONYMOUS_LIFETIME = HOUR

/** What @fastify/session asks of a store, over our table; the injected clock decides when a session ends. */
export function sessionStore(table: SessionTable, now: () => Date): fastifySession.SessionStore {
  return {
    get: (id, callback) => settle(callback, () => read(table.get(id))),
    set: (id, session, callback) =>
      settle(callback, () => {
        const lifetime = session.staff ? SESSION_LIFETIME : ANONYMOUS_LIFETIME
        table.set(id, JSON.stringify(session), new Date(now().getTime() + lifetime))
      }),
    destroy: (id, callback) => settle(callback, () => table.destroy(id)),
  }
}

function read(data: string | null): Session | null {
  return data === null ? null : JSON.parse(data)
}

/** A failure must reach the callback, and the callback must not be called twice. */
function settle<T>(callback: (error: unknown, value?: T) => void, work: () => T): void {
  let value: T
  try {
    value = work()
  } catch (error) {
    callback(error)
    return
  }
  callback(null, value)
}
