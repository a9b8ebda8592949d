import type fastifySession from '@fastify/session'
import type { Session } from 'fastify'
import type { SessionTable } from '../../db/sessions.ts'

const MINUTE = 60 * 1000
/** Since it was last used. */
export const SESSION_IDLE = 30 * MINUTE
/** Since the login, however much it is used. */
export const SESSION_LONGEST = 8 * 60 * MINUTE
/** What was typed without a session, or a login that waits for its code. */
const ANONYMOUS_LIFETIME = 60 * MINUTE

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
      table.set(id, data, endOf(session, now()), session.staff?.login ?? null)
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

/** When a session ends that is used now. */
export function endOf({ staff }: Pick<Session, 'staff'>, now: Date): Date {
  const idle = now.getTime() + (staff ? SESSION_IDLE : ANONYMOUS_LIFETIME)
  return new Date(staff ? Math.min(idle, staff.begunAt + SESSION_LONGEST) : idle)
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
