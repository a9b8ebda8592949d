import { randomBytes } from 'node:crypto'
import { Signer } from '@fastify/cookie'
import type { FastifyRequest, Session } from 'fastify'
import { startSession } from '../../src/admin/session/officer.ts'
import { sessionCookie } from '../../src/admin/session/session.ts'
import { endOf } from '../../src/admin/session/session-store.ts'
import type { Role } from '../../src/domain/record/staff.ts'
import { hashPassword } from '../../src/office/password.ts'
import type { TestApp } from './app.ts'
import { formPost, htmlOf, multipartPost } from './html.ts'

export const PASSWORD = 'correct horse battery'

let passwordHash: Promise<string> | undefined

export interface OfficerOptions {
  login?: string
  role?: Role
  mustChangePassword?: boolean
}

/** An officer of the prefecture with the password of the tests. */
export async function addOfficer(
  { stores }: Pick<TestApp, 'stores'>,
  options: OfficerOptions = {},
): Promise<string> {
  const { login = 'officer', role = 'officer', mustChangePassword = false } = options
  passwordHash ??= hashPassword(PASSWORD)
  stores.staff.add(
    { login, name: `試験 ${login}`, role, passwordHash: await passwordHash, mustChangePassword },
    { actor: 'test', at: new Date('2024-03-01T00:00:00Z') },
  )
  return login
}

type Program = Pick<TestApp, 'app' | 'stores' | 'secret' | 'now'>

/** An officer's browser: added, logged in, keeping the cookie and sending the token of the page last seen. */
export async function signedIn(testApp: Program, options: OfficerOptions = {}): Promise<OfficersBrowser> {
  const login = await addOfficer(testApp, options)
  const browser = officersBrowser(testApp)
  await browser.signIn(login)
  return browser
}

/** The session that the server would have begun at the login, without the work of checking a password. */
async function beginSession(
  { stores, secret, now }: Program,
  login: string,
): Promise<[name: string, cookie: string]> {
  const session = { regenerate: async () => {} } as unknown as Session
  await startSession({ session } as unknown as FastifyRequest, stores.staff.byLogin(login)!, now())
  const id = randomBytes(24).toString('base64url')
  stores.sessions.set(id, JSON.stringify(session), endOf(session, now()), login)
  return [sessionCookie(false), new Signer(secret).sign(id)]
}

/** Shorter than anything that ends a session. */
const AWAKE = 5 * 60 * 1000

export type OfficersBrowser = ReturnType<typeof officersBrowser>

/** Keeps cookies as a browser does: replaced by name, dropped when cleared. */
export function officersBrowser(testApp: Program) {
  const cookies = new Map<string, string>()
  let csrf = ''
  let isAgeing = false
  /** The session as the last reply left it. */
  let left: { at: number; data: string | null } = { at: 0, data: null }

  function sessionId(): string {
    return cookies.get(sessionCookie(false))?.replace(/\.[^.]*$/, '') ?? ''
  }

  /** Where a test moves the clock, the officer has been at work meanwhile, and has just given the password. */
  function stayAwake(): void {
    const time = testApp.now().getTime()
    if (isAgeing || left.data === null || Math.abs(time - left.at) < AWAKE) return
    const session = JSON.parse(left.data) as Session
    if (!session.staff) return
    session.staff = { ...session.staff, seenAt: time, begunAt: time, provenAt: time }
    testApp.stores.sessions.set(
      sessionId(),
      JSON.stringify(session),
      endOf(session, testApp.now()),
      session.staff.login,
    )
  }

  async function send(request: {
    method: 'GET' | 'POST'
    url: string
    headers?: object
    payload?: string | Buffer
  }) {
    stayAwake()
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await testApp.app.inject({
      ...request,
      headers: { ...request.headers, ...(cookie && { cookie }) },
    })
    for (const { name, value } of reply.cookies) value ? cookies.set(name, value) : cookies.delete(name)
    left = { at: testApp.now().getTime(), data: testApp.stores.sessions.get(sessionId()) }
    csrf = /name="_csrf" value="([^"]+)"/.exec(reply.body)?.[1] ?? csrf
    return reply
  }

  return {
    cookies,
    /** As somebody who has just logged in, with nothing left of what the browser held before. */
    async signIn(login = 'officer'): Promise<void> {
      csrf = ''
      cookies.clear()
      cookies.set(...(await beginSession(testApp, login)))
      left = { at: testApp.now().getTime(), data: testApp.stores.sessions.get(sessionId()) }
    },
    /** From now on its session ages, and is over when the clock says so. */
    letAge: (): void => {
      isAgeing = true
    },
    get: (url: string) => send({ method: 'GET', url }),
    post: (url: string, fields: Record<string, string> = {}) =>
      send(formPost(url, { _csrf: csrf, ...fields })),
    /** A form written by hand, with the token of the page last seen; what comes back is not read. */
    postText: (url: string, form: string) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie }
      return testApp.app.inject({
        method: 'POST',
        url,
        headers,
        payload: `_csrf=${encodeURIComponent(csrf)}&${form}`,
      })
    },
    /** A form with a file, as a browser sends it; `file` null where none was chosen. */
    upload: (
      url: string,
      file: { name: string; bytes: Uint8Array } | null,
      fields: Record<string, string> = {},
    ) => send(multipartPost(url, { _csrf: csrf, ...fields }, file)),
    /** The page of an address, for asking by role and label. */
    page: async (url: string) => htmlOf(await send({ method: 'GET', url })),
  }
}
