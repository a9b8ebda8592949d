import { expect, test } from 'vitest'
import { keysInMemory } from '../../support/app.ts'
import { officeWith } from '../../support/office.ts'
import { addOfficer, officersBrowser, PASSWORD, signedIn } from '../../support/officer.ts'

const office = officeWith({ now: '2024-03-11T00:00:00Z' })

const PAGE = '/admin/password'

const at = (minutes: number) =>
  office.setNow(new Date(Date.UTC(2024, 2, 11) + minutes * 60_000).toISOString())

async function ageing() {
  const browser = await signedIn(office)
  browser.letAge()
  return browser
}

test('a session ends thirty minutes after its last use, and the page says so', async () => {
  const browser = await ageing()
  at(29)
  expect((await browser.get(PAGE)).statusCode).toBe(200)
  at(58)
  expect((await browser.get(PAGE)).statusCode).toBe(200)
  at(88)
  const over = await browser.get(PAGE)
  expect(over.headers.location).toBe('/admin/login?next=%2Fadmin%2Fpassword&ended=yes')
  const login = await browser.page(over.headers.location!)
  expect(login.querySelector('.banner')!.textContent).toContain('30分間操作がないとき')
  expect(login.querySelector('input[name="next"]')!.getAttribute('value')).toBe(PAGE)
})

test('a session ends eight hours after the login, however much it is used', async () => {
  const browser = await ageing()
  for (let minutes = 20; minutes < 480; minutes += 20) {
    at(minutes)
    expect((await browser.get(PAGE)).statusCode, String(minutes)).toBe(200)
  }
  at(480)
  expect((await browser.get(PAGE)).statusCode).toBe(303)
})

test('a password is good however old it is', async () => {
  await addOfficer(office)
  office.setNow('2027-03-11T00:00:00Z')
  const browser = officersBrowser(office)
  await browser.get('/admin/login')
  await browser.post('/admin/login', { login: 'officer', password: PASSWORD })
  expect((await browser.get('/admin')).statusCode).toBe(200)
})

test('a session of an earlier program, which does not say when it began, is over', async () => {
  const browser = await ageing()
  const id = browser.cookies.get('kakuho')!.replace(/\.[^.]*$/, '')
  const { staff } = JSON.parse(office.stores.sessions.get(id)!)
  const { login, credential, seenAt } = staff
  const old = { cookie: { path: '/admin' }, staff: { login, credential, seenAt } }
  office.stores.sessions.set(id, JSON.stringify(old), new Date('2024-03-12T00:00:00Z'))
  expect((await browser.get(PAGE)).statusCode).toBe(303)
})

test('reading pages writes the session at most every two minutes', async () => {
  const browser = await ageing()
  await browser.get(PAGE)
  at(1.9)
  expect((await browser.get(PAGE)).headers['set-cookie']).toBeUndefined()
  at(2)
  expect((await browser.get(PAGE)).headers['set-cookie']).toBeDefined()
  expect((await browser.get(PAGE)).headers['set-cookie']).toBeUndefined()
})

test('a changed password ends the other sessions and keeps the own one', async () => {
  const browser = await signedIn(office)
  const other = officersBrowser(office)
  await other.get('/admin/login')
  await other.post('/admin/login', { login: 'officer', password: PASSWORD })
  await browser.get(PAGE)
  const password = 'another long password'
  await browser.post(PAGE, { current: PASSWORD, password, passwordAgain: password })
  expect((await browser.get(PAGE)).statusCode).toBe(200)
  expect((await other.get(PAGE)).statusCode).toBe(303)
})

test('a forged cookie opens nothing', async () => {
  const browser = await signedIn(office)
  const [id] = browser.cookies.get('kakuho')!.split('.')
  browser.cookies.set('kakuho', `${id}.forged`)
  expect((await browser.get(PAGE)).statusCode).toBe(303)
})

test('with https the cookies are of this very host: no neighbour under the same domain can set one', async () => {
  const { buildApp } = await import('../../../src/app.ts')
  const { readConfig } = await import('../../../src/config.ts')
  const app = await buildApp({
    config: readConfig({ PUBLIC_URL: 'https://survey.example.jp', TRUST_PROXY: '127.0.0.1' }),
    database: office.database,
    now: () => new Date('2024-03-11T00:00:00Z'),
    keys: keysInMemory(),
    side: 'both',
    logger: false,
  })
  const reply = await app.inject({ url: '/admin/login', headers: { 'x-forwarded-proto': 'https' } })
  expect(reply.cookies).toEqual([
    expect.objectContaining({ name: '__Host-kakuho-form', path: '/', secure: true, httpOnly: true }),
  ])
  await app.close()
})

test('no page of the officers is kept by a browser or found by a search engine', async () => {
  await addOfficer(office)
  for (const url of ['/admin/login', '/admin', '/admin/nowhere']) {
    const reply = await office.app.inject(url)
    expect(reply.headers['cache-control']).toBe('no-store')
  }
  expect((await office.app.inject('/admin/login')).body).toContain('noindex')
})

test('an unknown page under /admin asks for the login first, then says that there is none', async () => {
  expect((await office.app.inject('/admin/nowhere')).statusCode).toBe(303)
  const browser = await signedIn(office)
  const reply = await browser.get('/admin/nowhere')
  expect(reply.statusCode).toBe(404)
  expect(reply.body).toContain('ページが見つかりません')
})
