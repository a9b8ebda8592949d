import { describe, expect, test } from 'vitest'
import { formPost, htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOfficer, officersBrowser, PASSWORD, signedIn } from '../../support/officer.ts'

const office = officeWith()

async function loginWith(fields: Record<string, string>) {
  const browser = officersBrowser(office)
  await browser.get('/admin/login')
  return { browser, reply: await browser.post('/admin/login', fields) }
}

describe('login', () => {
  test('leads back to the page that was asked for', async () => {
    await addOfficer(office)
    const browser = officersBrowser(office)
    const refused = await browser.get('/admin/submissions?q=%E6%9D%B1')
    expect(refused.statusCode).toBe(303)
    expect(refused.headers.location).toBe(
      `/admin/login?next=${encodeURIComponent('/admin/submissions?q=%E6%9D%B1')}`,
    )
    const form = await browser.page(refused.headers.location!)
    const next = form.querySelector('input[name="next"]')!.getAttribute('value')!
    const reply = await browser.post('/admin/login', { login: 'officer', password: PASSWORD, next })
    expect(reply.statusCode).toBe(303)
    expect(reply.headers.location).toBe('/admin/submissions?q=%E6%9D%B1')
  })

  test.each([
    ['https://evil.example/', '/admin'],
    ['//evil.example/admin', '/admin'],
    ['/\\evil.example', '/admin'],
    ['/admin/../survey', '/admin'],
    ['/administrator', '/admin'],
    ['/admin/logout', '/admin'],
    ['javascript:alert(1)', '/admin'],
    ['', '/admin'],
    ['/admin/rounds/1', '/admin/rounds/1'],
  ])('goes to no other site: %s', async (next, location) => {
    await addOfficer(office)
    const { reply } = await loginWith({ login: 'officer', password: PASSWORD, next })
    expect(reply.headers.location).toBe(location)
  })

  test('says the same for an unknown login and a wrong password', async () => {
    await addOfficer(office)
    const unknown = await loginWith({ login: 'nobody', password: PASSWORD })
    const wrong = await loginWith({ login: 'officer', password: 'wrong' })
    expect(unknown.reply.statusCode).toBe(422)
    expect(wrong.reply.statusCode).toBe(422)
    const texts = [unknown, wrong].map(
      ({ reply }) => htmlOf(reply).querySelector('#error-summary')!.textContent,
    )
    expect(texts[0]).toContain('ログイン名またはパスワードが正しくありません。')
    expect(texts[0]).toBe(texts[1])
    expect(wrong.reply.body).not.toContain('value="wrong"')
  })

  test('takes a login in capitals or full-width letters', async () => {
    await addOfficer(office)
    const { reply } = await loginWith({ login: ' ＯＦＦＩＣＥＲ ', password: PASSWORD })
    expect(reply.statusCode).toBe(303)
  })

  test('gets a new session id, so that none can be prepared beforehand', async () => {
    await addOfficer(office)
    const browser = officersBrowser(office)
    await browser.get('/admin/login')
    await browser.post('/admin/login', { login: 'officer', password: PASSWORD })
    const before = browser.cookies.get('kakuho')
    expect(before).toBeTruthy()
    await browser.get('/admin')
    await browser.post('/admin/login', { login: 'officer', password: PASSWORD })
    expect(browser.cookies.get('kakuho')).toBeTruthy()
    expect(browser.cookies.get('kakuho')).not.toBe(before)
  })

  test('sets a cookie for /admin only, out of the reach of scripts, and none on the public side', async () => {
    const reply = await office.app.inject('/admin/login')
    expect(reply.cookies).toEqual([
      expect.objectContaining({ name: 'kakuho-form', path: '/admin', httpOnly: true, sameSite: 'Lax' }),
    ])
    expect(reply.headers['cache-control']).toBe('no-store')
    expect((await office.app.inject('/')).cookies).toEqual([])
  })

  test('needs the token of its page', async () => {
    await addOfficer(office)
    const reply = await office.app.inject(formPost('/admin/login', { login: 'officer', password: PASSWORD }))
    expect(reply.statusCode).toBe(403)
    expect(htmlOf(reply).querySelector('h1')!.textContent).toContain('この操作は行えませんでした')
  })

  test('is limited by address and login', async () => {
    await addOfficer(office)
    await addOfficer(office, { login: 'other' })
    const browser = officersBrowser(office)
    await browser.get('/admin/login')
    for (let tries = 0; tries < 10; tries += 1)
      expect((await browser.post('/admin/login', { login: 'officer', password: 'x' })).statusCode).toBe(422)
    const blocked = await browser.post('/admin/login', { login: 'officer', password: PASSWORD })
    expect(blocked.statusCode).toBe(429)
    expect(htmlOf(blocked).querySelector('h1')!.textContent).toContain('しばらく待つ必要があります')
    expect(blocked.headers['retry-after']).toBe('30')
    expect(htmlOf(blocked).querySelector('main')!.textContent).toContain('30秒待ってから')
    expect((await browser.post('/admin/login', { login: 'other', password: PASSWORD })).statusCode).toBe(303)
    office.setNow('2024-03-11T01:15:00Z')
    expect((await loginWith({ login: 'officer', password: PASSWORD })).reply.statusCode).toBe(303)
  })

  test('may succeed any number of times', async () => {
    await addOfficer(office)
    for (let times = 0; times < 12; times += 1)
      expect((await loginWith({ login: 'officer', password: PASSWORD })).reply.statusCode).toBe(303)
  })

  test('is on the record, without what may be a password', async () => {
    await addOfficer(office)
    await loginWith({ login: 'officer', password: 'wrong' })
    await loginWith({ login: 'My Secret Password!', password: '' })
    await loginWith({ login: 'officer', password: PASSWORD })
    const entries = office.stores.audit.all().filter(({ action }) => action.startsWith('login'))
    expect(entries.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ['system', 'login.failed', 'officer'],
      ['system', 'login.failed', '(不明)'],
      ['officer', 'login.succeeded', 'officer'],
    ])
    expect(JSON.stringify(entries)).not.toMatch(/wrong|secret|battery/i)
  })
})

describe('logout', () => {
  test('ends the session and clears the cookie', async () => {
    const browser = await signedIn(office)
    await browser.get('/admin/password')
    const session = browser.cookies.get('kakuho')!
    const reply = await browser.post('/admin/logout')
    expect(reply.statusCode).toBe(303)
    expect(reply.headers.location).toBe('/admin/login')
    expect(browser.cookies.has('kakuho')).toBe(false)
    browser.cookies.set('kakuho', session)
    expect((await browser.get('/admin/password')).statusCode).toBe(303)
  })

  test('needs the token', async () => {
    const browser = await signedIn(office)
    expect((await browser.post('/admin/logout', { _csrf: 'forged' })).statusCode).toBe(403)
    expect((await browser.get('/admin/password')).statusCode).toBe(200)
  })
})
