import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import session from '@fastify/session'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { VerificationText } from '../../office/rounds/verify.ts'
import type { AdminOptions } from '../options.ts'
import { sessionStore } from './session-store.ts'
import type { ActAddress } from './subject.ts'

declare module 'fastify' {
  interface Session {
    /** Who logged in. Absent on the login page. */
    staff?: SignedIn
    /** Whose password was right, and who is asked for a code next. */
    pending?: PendingLogin
    /** The secret of a second factor that is being set up, sealed. */
    newFactor?: { secret: string }
    /** The recovery codes that were made last, sealed: shown until their page is left. */
    madeCodes?: { codes: string }
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

export interface SignedIn {
  login: string
  /** Changes with the password, which so ends every other session of the same officer. */
  credential: string
  /** UTC milliseconds; written at most every few minutes, so that reading a page is not a write. */
  seenAt: number
  /** When the login was, in UTC milliseconds. */
  begunAt: number
  /** When the password was given last. */
  provenAt: number
  /** Of the tokens of its forms: stays where the session's id is changed. */
  form: string
  /** From where, and with which browser, as the list of the own sessions says it. */
  address: string
  agent: string
  /** The password is one from when fewer characters were enough. */
  isPasswordShort?: true
  /** What the record said of this login before. */
  before?: { at: number | null; address: string; failures: number }
}

interface PendingLogin {
  login: string
  credential: string
  /** UTC milliseconds. */
  at: number
  next: string
  isPasswordShort: boolean
}

export interface Unsent {
  url: string
  /** What the button would have done, e.g. 選定の確定. */
  act: string
  fields: [name: string, value: string][]
  /** Why it was put aside: the session had ended, or the password was asked for again. */
  why?: 'session' | 'proof'
  /** How its address names what it is about; absent in a session of an earlier program. */
  address?: ActAddress
}

const PRUNE_EVERY = 60 * 60 * 1000

/** Sessions and CSRF tokens for the officers' scope alone: the hospitals' side sets no cookie. */
export async function registerSession(app: FastifyInstance, options: AdminOptions): Promise<void> {
  const { stores, now, sessionSecret, https, isRehearsal, writable } = options
  await app.register(cookie, { secret: sessionSecret })
  await app.register(session, {
    secret: sessionSecret,
    store: sessionStore(stores.sessions, now, writable),
    cookieName: sessionCookie(https, { isRehearsal }),
    // Without an expiry of its own the cookie ends with the browser; when the session ends is the store's to say.
    cookie: ownCookie(https),
    saveUninitialized: false,
    rolling: false,
  })
  // The secret of the tokens is with the browser, signed, so that a stranger's visit stores nothing. A token fits the one
  // session alone in which it was made.
  await app.register(csrf, {
    sessionPlugin: '@fastify/cookie',
    cookieKey: formCookie(https, { isRehearsal }),
    cookieOpts: { ...ownCookie(https), signed: true },
    csrfOpts: { hmacKey: sessionSecret },
    getUserInfo: formOwner,
  })
  pruneHourly(app, async () => {
    await writable()
    stores.sessions.prune()
    stores.loginTries.prune(now())
  })
}

/** Whether the browser came with a session that we gave it, though it may be over. */
export function hadSession(request: FastifyRequest): boolean {
  return Object.entries(request.cookies).some(
    ([name, value]) => SESSION_COOKIES.has(name) && request.unsignCookie(value ?? '').valid,
  )
}

/** Whose tokens of forms fit. */
export function formOwner({ session }: Pick<FastifyRequest, 'session'>): string {
  return session.staff?.form ?? 'nobody'
}

/**
 * With https of this very host: a neighbour under the same domain can set none in its place, as `__Host-` keeps a browser
 * from taking it. In a rehearsal the survey's own stays as it is.
 */
export function sessionCookie(https: boolean, { isRehearsal } = { isRehearsal: false }): string {
  return `${https ? '__Host-' : ''}kakuho${isRehearsal ? '-trial' : ''}`
}

/** How every cookie of the officers' side is set, and taken away. `__Host-` asks for the path of everything. */
export function ownCookie(https: boolean) {
  return { path: https ? '/' : '/admin', httpOnly: true, secure: https, sameSite: 'lax' } as const
}

const SESSION_COOKIES = new Set([true, false].map((https) => sessionCookie(https)))

function formCookie(https: boolean, { isRehearsal }: { isRehearsal: boolean }): string {
  return `${sessionCookie(https, { isRehearsal })}-form`
}

/** What fails in the background ends no program: the next hour makes up for it. */
function pruneHourly(app: FastifyInstance, prune: () => Promise<void>): void {
  const failed = (error: unknown) => app.log.warn({ reason: String(error) }, 'sessions were not pruned')
  const timer = setInterval(() => void prune().catch(failed), PRUNE_EVERY)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
}
