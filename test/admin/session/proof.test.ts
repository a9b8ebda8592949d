import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fieldsOf } from '../../support/forms.ts'
import { textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { PASSWORD, signedIn } from '../../support/officer.ts'
import { sampleOf, startWholeOffice, type WholeOffice } from '../../support/whole-office.ts'

/** Every act that asks for the password again where it was not given lately. */
const PROVEN = [
  '/admin/account/recovery-codes',
  '/admin/account/second-factor',
  '/admin/account/second-factor/off',
  '/admin/account/sessions/end',
  '/admin/proposals/:id/approve',
  '/admin/proposals/:id/return',
  '/admin/proposals/:id/withdraw',
  '/admin/purge',
  '/admin/rounds/:number/decline/:code',
  '/admin/rounds/:number/reopen',
  '/admin/selection/confirm',
  '/admin/settings',
  '/admin/users',
  '/admin/users/:login',
  '/admin/users/:login/disable',
  '/admin/users/:login/enable',
  '/admin/users/:login/reset',
  '/admin/users/:login/second-factor',
]

describe('over the table of routes', () => {
  let office: WholeOffice
  beforeAll(async () => {
    office = await startWholeOffice()
  })
  afterAll(() => office.close())

  const proven = (method: string) => [
    ...new Set(
      office.routes
        .filter((route) => route.method === method && route.config.proven)
        .map(({ url }) => url)
        .sort(),
    ),
  ]

  test('these acts ask', () => {
    expect(proven('POST')).toEqual(PROVEN)
  })

  test('whoever manages users, confirms or reopens is asked: no such act is left out', () => {
    const [posts, asking] = [office.routes.filter(({ method }) => method === 'POST'), new Set(proven('POST'))]
    const grave = posts.filter(
      ({ url, config }) =>
        /^\/admin\/(users|account)(\/|$)|purge|selection\/confirm$|\/approve$/.test(url) ||
        /確定$|やり直し$|二段階認証|利用者/.test(config.act ?? ''),
    )
    expect(grave.length).toBeGreaterThan(10)
    expect(grave.filter(({ url }) => !asking.has(url)).map(({ url }) => url)).toEqual([])
  })

  test('an old proof: nothing is done, everything sent is kept, and the page says what waits', async () => {
    const browser = await signedIn(office, { login: 'again', role: 'admin' })
    browser.letAge()
    const start = office.now().getTime()
    await browser.get('/admin/account')
    office.setNow(new Date(start + 16 * 60_000).toISOString())
    const before = office.stores.audit.all().length
    for (const url of PROVEN) {
      await browser.get('/admin/account')
      const reply = await browser.post(sampleOf(url), { reason: '経緯' })
      expect([reply.statusCode, reply.headers.location], url).toEqual([
        303,
        '/admin/proof?next=%2Fadmin%2Fresend',
      ])
      const page = await browser.page(reply.headers.location!)
      expect(textOf(page, '.banner'), url).toContain('は、まだ行っていません')
      expect(textOf(page, '.summary-list'), url).toContain('経緯')
    }
    expect(office.stores.audit.all()).toHaveLength(before)
    for (const url of proven('GET')) {
      const reply = await browser.get(sampleOf(url))
      expect(reply.headers.location, url).toBe(`/admin/proof?next=${encodeURIComponent(sampleOf(url))}`)
    }
  })
})

describe('the password once more', () => {
  const office = officeWith()
  const later = (minutes: number) =>
    office.setNow(new Date(Date.UTC(2024, 2, 11, 1) + minutes * 60_000).toISOString())

  async function afterQuarterOfAnHour() {
    const browser = await signedIn(office, { login: 'kanri', role: 'admin' })
    browser.letAge()
    await browser.get('/admin/users')
    later(15)
    return browser
  }
  const ADDED = { name: '指宿 太郎', login: 'tanto', role: 'officer' }

  test('lets what was typed be sent on, by a click, under another session id', async () => {
    const browser = await afterQuarterOfAnHour()
    const asked = await browser.post('/admin/users', ADDED)
    const page = await browser.page(asked.headers.location!)
    expect(textOf(page, '.banner')).toContain('「利用者の追加」は、まだ行っていません')
    expect(office.stores.staff.user('tanto')).toBeNull()
    const before = browser.cookies.get('kakuho')
    const proven = await browser.post('/admin/proof', {
      ...fieldsOf(page, '/admin/proof'),
      current: PASSWORD,
    })
    expect(proven.headers.location).toBe('/admin/resend')
    expect(browser.cookies.get('kakuho')).not.toBe(before)
    const resend = await browser.page('/admin/resend')
    expect(textOf(resend, 'main')).toContain('本人の確認が必要でした。確認は済みました。')
    const sent = await browser.post('/admin/users', fieldsOf(resend, '/admin/users'))
    expect(sent.headers.location).toBe('/admin/users/tanto/password')
    expect(office.stores.staff.user('tanto')!.name).toBe('指宿 太郎')
    const actions = office.stores.audit.all().map(({ action }) => action)
    expect(actions.slice(-2)).toEqual(['login.proven', 'staff.added'])
  })

  test('is asked before a page is filled in, where it is old already', async () => {
    const browser = await afterQuarterOfAnHour()
    const asked = await browser.get('/admin/account/second-factor')
    expect(asked.headers.location).toBe('/admin/proof?next=%2Fadmin%2Faccount%2Fsecond-factor')
    await browser.page(asked.headers.location!)
    const proven = await browser.post('/admin/proof', {
      current: PASSWORD,
      next: '/admin/account/second-factor',
    })
    expect(proven.headers.location).toBe('/admin/account/second-factor')
    expect((await browser.get('/admin/account/second-factor')).statusCode).toBe(200)
  })

  test('counts from a login for a quarter of an hour', async () => {
    const browser = await signedIn(office, { login: 'kanri', role: 'admin' })
    browser.letAge()
    await browser.get('/admin/users')
    later(14)
    expect((await browser.post('/admin/users', ADDED)).headers.location).toBe('/admin/users/tanto/password')
  })

  test('is no other than the own, and not guessed without end', async () => {
    const browser = await afterQuarterOfAnHour()
    await browser.post('/admin/users', ADDED)
    await browser.page('/admin/proof')
    const wrong = () => browser.post('/admin/proof', { current: 'wrong', next: '//evil.example' })
    const reply = await wrong()
    expect(reply.statusCode).toBe(422)
    expect(reply.body).toContain('パスワードが正しくありません。')
    expect(reply.body).not.toContain('evil')
    for (let times = 1; times < 10; times += 1) await wrong()
    const blocked = await browser.post('/admin/proof', { current: PASSWORD })
    expect([blocked.statusCode, blocked.headers['retry-after']]).toEqual([429, '30'])
    const failed = office.stores.audit.all().filter(({ action }) => action === 'login.proof-failed')
    expect(failed).toHaveLength(10)
    // What was typed still waits.
    later(16)
    await browser.page('/admin/proof')
    expect((await browser.post('/admin/proof', { current: PASSWORD })).headers.location).toBe('/admin')
    expect((await browser.get('/admin/resend')).statusCode).toBe(200)
  })
})
