import { globSync, readFileSync } from 'node:fs'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerGuard } from '../../src/admin/session/guard.ts'
import { mayActAs, type Role } from '../../src/domain/record/staff.ts'
import { htmlOf } from '../support/html.ts'
import { signedIn } from '../support/officer.ts'
import type { Route } from '../support/route-table.ts'
import { sampleOf, startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

let office: WholeOffice
let routes: Route[]
beforeAll(async () => {
  office = await startWholeOffice()
  routes = office.routes.filter(({ url, method }) => url.startsWith('/admin') && method !== 'HEAD')
})
afterAll(() => office.close())

/** The addresses that need no login. */
const OPEN = [
  'GET /admin/login',
  'POST /admin/login',
  'POST /admin/logout',
  'GET /admin/setup',
  'POST /admin/setup',
  'GET /admin/login/code',
  'POST /admin/login/code',
]

/** Read by all, with a form for those who may use it. Every other page of an act asks for the act's own role. */
const READ_BY_ALL = [
  '/admin/late-links',
  '/admin/lot',
  '/admin/policy',
  '/admin/questions',
  '/admin/scenarios',
  '/admin/scenarios/:id',
  '/admin/selection/order',
  '/admin/settings',
  '/admin/settings/ministry',
]

/** Leads a try-out that is opened again to its form, and shows nothing itself. */
const LEADS_ON = ['/admin/policy/preview', '/admin/scenarios/:id/preview']

const post = (url: string) => routes.find((route) => route.method === 'POST' && route.url === url)
const pages = () => routes.filter(({ method, config }) => method === 'GET' && !config.open)

describe('the table of routes', () => {
  test('every route says who may use it', () => {
    expect(routes.length).toBeGreaterThan(100)
    const open = routes.filter(({ config }) => config.open).map(({ method, url }) => `${method} ${url}`)
    expect(open).toEqual(OPEN)
    expect(routes.filter(({ config }) => !config.open && !config.role)).toEqual([])
  })

  test('what changes something needs more than a reader, but for one’s own login and a recomputation', () => {
    const readers = routes.filter(({ method, config }) => method === 'POST' && config.role === 'viewer')
    expect(readers.map(({ url }) => url)).toEqual([
      '/admin/password',
      '/admin/proof',
      '/admin/account/sessions/end',
      '/admin/account/second-factor',
      '/admin/account/second-factor/off',
      '/admin/account/recovery-codes',
      '/admin/rounds/:number/verify',
      '/admin/rounds/:number/editions/:edition/verify',
      '/admin/audit/verify',
    ])
  })

  test('the page of an act asks for the role of the act', () => {
    const lower = pages().filter(({ url, config }) => {
      const act = post(url)
      return act && act.config.role !== config.role
    })
    expect(lower.map(({ url }) => url).sort()).toEqual([...READ_BY_ALL, ...LEADS_ON].sort())
  })
})

/** A program's request with nothing in it: whoever may do more gets further than to the right. */
test.each<Role>(['viewer', 'officer'])(
  'a %s is refused with 403 whatever needs more, GET and POST',
  async (role) => {
    const browser = await signedIn(office, { login: `tries-as-${role}`, role })
    await browser.get('/admin')
    const higher = routes.filter(({ config }) => !config.open && !mayActAs(role, config.role!))
    const tried = new Set<string>()
    const record = office.stores.audit.all().length
    for (const { method, url } of higher) {
      const reply = await (method === 'GET' ? browser.get(sampleOf(url)) : browser.post(sampleOf(url)))
      expect([method, url, reply.statusCode]).toEqual([method, url, 403])
      expect(reply.body, url).toContain('この操作を行う権限がありません')
      tried.add(method)
    }
    expect([...tried].sort()).toEqual(['GET', 'POST'])
    expect(office.stores.audit.all().length).toBe(record)
  },
)

describe.each<Role>(['viewer', 'officer', 'admin'])('a %s', (role) => {
  test('is shown no form whose sending would be refused, at any address', async () => {
    const browser = await signedIn(office, { login: `reads-as-${role}`, role })
    for (const { url, config } of pages()) {
      const reply = await browser.get(sampleOf(url))
      const isAllowed = mayActAs(role, config.role!)
      expect(reply.body.includes('この操作を行う権限がありません'), url).toBe(!isAllowed)
      if (!isAllowed) expect(reply.statusCode, url).toBe(403)
      if (!isAllowed || !String(reply.headers['content-type']).startsWith('text/html')) continue
      const refused = offeredIn(reply).filter(
        (route) => !route.config.open && !mayActAs(role, route.config.role!),
      )
      expect(
        refused.map((route) => route.url),
        url,
      ).toEqual([])
    }
  })
})

describe('every answer to an administrator', () => {
  const seen: { url: string; reply: Awaited<ReturnType<typeof office.admin.get>> }[] = []
  beforeAll(async () => {
    for (const { url } of pages()) seen.push({ url, reply: await office.admin.get(sampleOf(url)) })
  })
  const htmlPages = () =>
    seen.filter(
      ({ reply: { headers } }) =>
        String(headers['content-type']).startsWith('text/html') && !headers['content-disposition'],
    )

  test('says what it is, a text with its encoding, and lets no other site read it', () => {
    for (const { url, reply } of seen) {
      const type = String(reply.headers['content-type'])
      if (reply.body !== '') expect([url, type]).not.toEqual([url, 'undefined'])
      if (/^text\/|json/.test(type)) expect([url, type]).toEqual([url, expect.stringMatching(/; charset=/)])
      expect([url, reply.headers['cache-control']]).toEqual([url, 'no-store'])
      expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test('has the way out, where it is a page', () => {
    expect(htmlPages().length).toBeGreaterThan(60)
    for (const { url, reply } of htmlPages())
      expect([url, htmlOf(reply).querySelectorAll('header form[action="/admin/logout"]').length]).toEqual([
        url,
        1,
      ])
  })

  test('leads to most acts, where it is a page: the test above sees forms', () => {
    const found = new Set(htmlPages().flatMap(({ reply }) => offeredIn(reply).map(({ url }) => url)))
    expect(found.size).toBeGreaterThan(20)
  })

  test('hides a password while it is typed, and hinders neither pasting nor a password manager', async () => {
    const login = htmlOf(await office.app.inject('/admin/login'))
    const fields = [login, ...htmlPages().map(({ reply }) => htmlOf(reply))].flatMap((page) => [
      ...page.querySelectorAll('input[name^="password"], input[name="current"]'),
    ])
    expect(fields.length).toBeGreaterThan(3)
    for (const field of fields) {
      expect(field.getAttribute('type')).toBe('password')
      expect(field.getAttribute('autocomplete')).toMatch(/^(current|new)-password$/)
      expect(field.hasAttribute('maxlength')).toBe(false)
    }
    for (const script of globSync('public/*.js'))
      expect(readFileSync(script, 'utf8')).not.toMatch(/paste|keydown.*password/)
  })
})

test('a route without a rule does not come into being', () => {
  const app = Fastify()
  const { stores } = office
  registerGuard(app, { stores, now: () => new Date(0) })
  const answer = async () => 'x'
  expect(() => app.get('/new', answer)).toThrow('GET /new does not say who may use it')
  expect(() => app.get('/new', { config: { role: 'viewer' } }, answer)).not.toThrow()
})

/** The routes of the buttons that can be pressed. */
function offeredIn(reply: Parameters<typeof htmlOf>[0]): Route[] {
  const forms = [...htmlOf(reply).querySelectorAll('form[method="post"]')]
  return forms.flatMap((form) => {
    const buttons = [...form.querySelectorAll('button')].filter((button) => !button.closest('[disabled]'))
    return buttons.map((button) => {
      const action = button.getAttribute('formaction') ?? form.getAttribute('action')!
      return routeOf(action.split(/[?#]/)[0]!)
    })
  })
}

function routeOf(path: string): Route {
  const found = routes.find(
    ({ method, url }) => method === 'POST' && new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`).test(path),
  )
  if (!found) throw new Error(`a form leads to ${path}, where nothing takes it`)
  return found
}
