import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { damage, moveAway, wreck } from '../support/faults.ts'
import { fieldsOf } from '../support/forms.ts'
import { formPost, htmlOf, textOf } from '../support/html.ts'
import { PASSWORD } from '../support/officer.ts'
import { addresses } from '../support/route-table.ts'
import { cookieOf, sampleOf, startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

let folder: string
let office: WholeOffice
let posts: string[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-kept-'))
  office = await startWholeOffice(undefined, undefined, join(folder, 'survey.db'))
  await office.admin.get('/admin')
  posts = addresses(office.routes, 'POST')
})
afterAll(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

/** Nobody's: what stands behind them is not what is asked for here. */
const PUBLIC_SAMPLES: Record<string, string> = { ':token': 'x', ':number': 'R-0006', ':code': 'ABCD-2345' }
const addressOf = (url: string) =>
  url.startsWith('/admin') ? sampleOf(url) : url.replace(/:\w+/g, (name) => PUBLIC_SAMPLES[name]!)

const TYPED = {
  ...{ reason: 'これは理由の文です', remarks: '<備考> & "引用"', version: '1' },
  ...{ number: 'R-0006', code: 'ABCD-2345' },
}
const SECRET = 'a password that somebody typed'

const sent = (url: string, fields: Record<string, string> = TYPED) =>
  office.app.inject(
    formPost(addressOf(url), { _csrf: 'token', ...fields }, { cookie: cookieOf(office.admin) }),
  )

/** Moves the file away. @returns what puts it back, and waits until the program has seen it */
function away(): () => void {
  const goBack = moveAway(join(folder, 'survey.db'))
  return () => {
    goBack()
    office.database.check()
  }
}

/** The door of a rehearsal. */
const NOTHING_TYPED = ['/rehearsal/leave']

test('every form of the route table comes back with everything where nothing can be read', async () => {
  const mend = wreck(office.database)
  const lost: string[] = []
  for (const url of posts.filter((each) => !NOTHING_TYPED.includes(each))) {
    const reply = await sent(url)
    const page = htmlOf(reply)
    const again = page.querySelector(`form[action="${addressOf(url)}"]`)
    const asked = url.startsWith('/admin') ? { ...TYPED, code: undefined } : TYPED
    const kept = Object.entries(asked).every(
      ([name, value]) =>
        (again?.querySelector(`[name="${name}"]`)?.getAttribute('value') ?? undefined) === value,
    )
    const token = again?.querySelector('[name="_csrf"]')?.getAttribute('value')
    if (reply.statusCode !== 503 || !reply.headers['retry-after'] || !kept || token !== 'token')
      lost.push(`${url}: ${reply.statusCode} ${textOf(page, 'h1')}`)
  }
  mend()
  expect(lost).toEqual([])
})

test('every form that stores something comes back where the file is gone, and is taken once it is back', async () => {
  const goBack = away()
  const answered: string[] = []
  const looks = office.routes.filter(({ config }) => config.storesNothing).map(({ url }) => url)
  for (const url of posts.filter((each) => !looks.includes(each))) {
    const reply = await sent(url)
    if (reply.statusCode < 400) answered.push(`${url}: ${reply.statusCode}`)
    if (reply.statusCode >= 500)
      expect([url, reply.statusCode, reply.headers['retry-after']]).toEqual([url, 503, '60'])
  }
  expect(answered).toEqual([])
  goBack()
  const after = await Promise.all(posts.map(async (url) => (await sent(url)).statusCode))
  expect(after.filter((status) => status >= 500)).toEqual([])
})

test('a password is in no page, and asked for again', async () => {
  const visitor = await office.app.inject({ url: '/admin/login' })
  const cookie = visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const _csrf = htmlOf(visitor).querySelector('[name="_csrf"]')!.getAttribute('value')!
  const login = { _csrf, login: 'admin', next: '/admin/policy', password: SECRET }
  const goBack = away()
  const reply = await office.app.inject(formPost('/admin/login', login, { cookie }))
  goBack()
  expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '60'])
  expect(reply.body).not.toContain(SECRET)
  const form = htmlOf(reply).querySelector('form[action="/admin/login"]')!
  expect(form.querySelector('[name="password"]')!.getAttribute('type')).toBe('password')
  expect(fieldsOf(htmlOf(reply))).toMatchObject({ _csrf, login: 'admin', next: '/admin/policy' })
  const again = { ...fieldsOf(htmlOf(reply)), password: PASSWORD }
  const taken = await office.app.inject(formPost('/admin/login', again, { cookie }))
  expect([taken.statusCode, taken.headers.location]).toEqual([303, '/admin/policy'])
})

test('no secret of the officers’ forms is in the page, and no name that objects have is taken for one', async () => {
  const views = globSync(join(import.meta.dirname, '../../views/admin/**/*.eta')).map((file) =>
    readFileSync(file, 'utf8'),
  )
  const field =
    /name: '(\w+)'[^}]*?autocomplete: '(?:one-time-code|current-password|new-password)'|name="(\w+)"[^>]*type="password"/g
  const names = new Set(
    views.flatMap((view) => [...view.matchAll(field)].map(([, one, other]) => one ?? other!)),
  )
  expect([...names].sort()).toEqual(['code', 'current', 'password', 'passwordAgain'])
  const secrets = Object.fromEntries([...names].map((name) => [name, SECRET]))
  const mend = wreck(office.database)
  const reply = await sent('/admin/settings', { ...secrets, constructor: 'typed too' })
  mend()
  expect(reply.body).not.toContain(SECRET)
  const kept = htmlOf(reply)
  for (const name of names)
    expect(kept.querySelector(`[name="${name}"]`)!.getAttribute('type')).toBe('password')
  expect(kept.querySelector('[name="constructor"]')!.getAttribute('value')).toBe('typed too')
})

test('what another site made a browser send is not offered to be sent again', async () => {
  const mend = damage(office.database, 'sessions')
  const reply = await office.app.inject(
    formPost('/admin/settings', TYPED, { cookie: cookieOf(office.admin), 'sec-fetch-site': 'cross-site' }),
  )
  mend()
  expect(htmlOf(reply).querySelector('form[method="post"]')).toBeNull()
  expect(reply.body).not.toContain(TYPED.reason)
})
