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

/** An officer's browser: added, logged in, keeping the cookie and sending the token of the page last seen. */
export async function signedIn(testApp: Pick<TestApp, 'app' | 'stores'>, options: OfficerOptions = {}) {
  const login = await addOfficer(testApp, options)
  const browser = officersBrowser(testApp)
  await browser.get('/admin/login')
  await browser.post('/admin/login', { login, password: PASSWORD })
  return browser
}

export type OfficersBrowser = ReturnType<typeof officersBrowser>

/** Keeps cookies as a browser does: replaced by name, dropped when cleared. */
export function officersBrowser({ app }: Pick<TestApp, 'app'>) {
  const cookies = new Map<string, string>()
  let csrf = ''

  async function send(request: {
    method: 'GET' | 'POST'
    url: string
    headers?: object
    payload?: string | Buffer
  }) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await app.inject({ ...request, headers: { ...request.headers, ...(cookie && { cookie }) } })
    for (const { name, value } of reply.cookies) value ? cookies.set(name, value) : cookies.delete(name)
    const token = reply.body.includes('name="_csrf"')
      ? htmlOf(reply).querySelector('input[name="_csrf"]')?.getAttribute('value')
      : undefined
    csrf = token ?? csrf
    return reply
  }

  return {
    cookies,
    get: (url: string) => send({ method: 'GET', url }),
    post: (url: string, fields: Record<string, string> = {}) =>
      send(formPost(url, { _csrf: csrf, ...fields })),
    /** A form written by hand, with the token of the page last seen; what comes back is not read. */
    postText: (url: string, form: string) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie }
      return app.inject({
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

type PageElement = NonNullable<ReturnType<ReturnType<typeof htmlOf>['querySelector']>>

/** The cells of a table's body and foot, as a person reads them. */
export function tableRows(table: PageElement | null): string[][] {
  return [...table!.querySelectorAll('tbody tr, tfoot tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent!.trim().replace(/\s*\n\s*/g, ' ')),
  )
}
