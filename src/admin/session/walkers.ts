import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { startSession } from './officer.ts'

/** In a rehearsal whoever entered is logged in as who they are, with a session that the copy alone knows. */
export function registerWalkers(
  app: FastifyInstance,
  { stores, now, rehearsal, isRehearsal }: AdminOptions,
): void {
  if (!isRehearsal) return
  app.addHook('onRequest', async (request) => {
    const login = rehearsal?.loginOf(request.raw) ?? null
    if (login === null || request.session.staff?.login === login) return
    // Who was registered after the copy was made is nobody here, and is shown the login.
    const user = stores.staff.byLogin(login)
    if (user) await startSession(request, user, now())
  })
}
