import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import session from '@fastify/session'
import type { FastifyInstance } from 'fastify'
import type { VerificationText } from '../../office/rounds/verify.ts'
import type { AdminOptions } from '../options.ts'
import { sessionStore } from './session-store.ts'
import type { ActAddress } from './subject.ts'

declare module 'fastify' {
  interface Session {
    /** Who logged in. Absent on the login page. */
    staff?: SignedIn
    /** What was typed when the session had ended: offered again after the login. */
    unsent?: Unsent
    /** The late link that was made last, its token sealed: shown until its page is left. */
    madeLink?: { id: number; token: string }
    /** The one-time password that was made last, sealed: shown until its page is left. */
    madePassword?: { login: string; password: string; isNew: boolean }
    /** What a recomputation found, for the page that is shown next. */
    verification?: VerificationText & { round: number }
    /** The same of the record as a whole. */
    recordVerdict?: Pick<VerificationText, 'ok' | 'text'> & { findings: string[] }
  }
}

interface SignedIn {
  login: string
  /** Changes with the password, which so ends every other session of the same officer. */
  credential: string
  /** UTC milliseconds; written at most every few minutes, so that reading a page is not a write. */
  seenAt: number
}

export interface Unsent {
  url: string
  /** What the button would have done, e.g. 選定の確定. */
  act: string
  fields: [name: string, value: string][]
  /** How its address names what it is about; absent in a session of an earlier program. */
  address?: ActAddress
}

const PRUNE_EVERY = 60 * 60 * 1000

/** Sessions and CSRF tokens for the officers' scope alone: the hospitals' side sets no cookie. */
export async function registerSession(app: FastifyInstance, options: AdminOptions): Promise<void> {
  const { stores, now, sessionSecret, https, isRehearsal, writable } = options
  await app.register(cookie)
  await app.register(session, {
    secret: sessionSecret,
    store: sessionStore(stores.sessions, now, writable),
    cookieName: sessionCookie(https, { isRehearsal }),
    // Without an expiry of its own the cookie ends with the browser; when the session ends is the store's to say.
    cookie: { path: '/admin', httpOnly: true, secure: https, sameSite: 'lax' },
    saveUninitialized: false,
    rolling: false,
  })
  await app.register(csrf, { sessionPlugin: '@fastify/session' })
  pruneHourly(app, async () => {
    await writable()
    stores.sessions.prune()
  })
}

/** `__Host-` would need the path `/`, and the cookie is only for /admin. In a rehearsal the survey's own stays as it is. */
export function sessionCookie(https: boolean, { isRehearsal } = { isRehearsal: false }): string {
  return `${https ? '__Secure-' : ''}kakuho${isRehearsal ? '-trial' : ''}`
}

/** What fails in the background ends no program: the next hour makes up for it. */
function pruneHourly(app: FastifyInstance, prune: () => Promise<void>): void {
  const failed = (error: unknown) => app.log.warn({ reason: String(error) }, 'sessions were not pruned')
  const timer = setInterval(() => void prune().catch(failed), PRUNE_EVERY)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}
