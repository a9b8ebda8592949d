import type fastifySession from '@fastify/session'
import type { Session } from 'fastify'
import type { SessionTable } from '../../db/sessions.ts'

const HOUR = 60 * 60 * 1000
/** Since it was last used. */
export const SESSION_LIFETIME = 8 * HOUR
/** A login page left open. */
const ANONYMOUS_LIFETIME = HOUR

/** What @fastify/session asks of a store, over our table; the injected clock decides when a session ends. */
export function sessionStore(
  table: SessionTable,
  now: () => Date,
  writable: () => Promise<void>,
): fastifySession.SessionStore {
  /** Failed already, for the page that was asked for: the one that says so must not fail for it as well. */
  const failed = new WeakSet<Session>()

  async function keep(id: string, session: Session): Promise<void> {
    const data = JSON.stringify(session)
    let isTouch = false
    try {
      isTouch = withoutTime(data) === withoutTime(table.get(id))
      // When somebody was last here is worth no wait, and no page.
      if (!isTouch && !failed.has(session)) await writable()
      const lifetime = session.staff ? SESSION_LIFETIME : ANONYMOUS_LIFETIME
      table.set(id, data, new Date(now().getTime() + lifetime))
    } catch (error) {
      if (isTouch || failed.has(session)) return
      failed.add(session)
      throw error
    }
  }

  return {
    get: (id, callback) => settle(callback, () => read(table.get(id))),
    set: (id, session, callback) => void keep(id, session as Session).then(() => callback(), callback),
    destroy: (id, callback) =>
      void writable()
        .then(() => table.destroy(id))
        .then(() => callback(), callback),
  }
}

function withoutTime(data: string | null): string {
  return data?.replace(/"seenAt":\d+/, '') ?? ''
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
