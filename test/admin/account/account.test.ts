import { expect, test } from 'vitest'
import { browserName } from '../../../src/admin/account/browser-name.ts'
import { hashPassword } from '../../../src/office/password.ts'
import { textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOfficer, officersBrowser, PASSWORD, signedIn } from '../../support/officer.ts'

const office = officeWith()

async function loggedIn(login = 'officer', password = PASSWORD) {
  const browser = officersBrowser(office)
  await browser.get('/admin/login')
  return { browser, reply: await browser.post('/admin/login', { login, password }) }
}

test('where one is logged in, and the others ended', async () => {
  await addOfficer(office)
  await addOfficer(office, { login: 'second' })
  const { browser: other } = await loggedIn()
  other.letAge()
  const { browser: colleague } = await loggedIn('second')
  office.setNow('2024-03-11T01:20:00Z')
  const { browser } = await loggedIn()
  const items = [...(await browser.page('/admin/account')).querySelectorAll('.sessions li')]
  expect(items.map(({ textContent }) => textContent!.includes('この端末'))).toEqual([true, false])
  expect(items[1]!.textContent).toContain('10時00分にログイン')
  const reply = await browser.post('/admin/account/sessions/end')
  expect(reply.headers.location).toBe('/admin/account?done=ended')
  const page = await browser.page('/admin/account?done=ended')
  expect(textOf(page, '.banner')).toBe('ほかの端末でのログインを終了しました。')
  expect(page.querySelectorAll('.sessions li')).toHaveLength(1)
  expect((await other.get('/admin')).statusCode).toBe(303)
  expect((await colleague.get('/admin')).statusCode).toBe(200)
  expect(office.stores.audit.all().at(-1)).toMatchObject({
    ...{ actor: 'officer', action: 'login.others-ended', detail: { ended: 1 } },
  })
})

test('the last login and what failed since are shown, on the first page too', async () => {
  await addOfficer(office)
  const first = await loggedIn()
  expect((await first.browser.get('/admin')).body).not.toContain('前回のログイン')
  office.setNow('2024-03-11T02:00:00Z')
  for (let times = 0; times < 3; times += 1) await loggedIn('officer', 'wrong')
  office.setNow('2024-03-11T03:00:00Z')
  const { browser } = await loggedIn()
  for (const url of ['/admin', '/admin/account']) {
    const text = textOf(await browser.page(url), 'main')
    expect(text, url).toContain('前回のログイン')
    expect(text, url).toContain('令和6年3月11日（月）10時')
    expect(text, url).toContain('3回失敗')
  }
})

test('a password from when fewer characters were enough opens once more, to be changed', async () => {
  const passwordHash = await hashPassword('old-2023')
  office.stores.staff.add(
    { login: 'officer', name: '試験', role: 'officer', passwordHash, mustChangePassword: false },
    { actor: 'test', at: office.now() },
  )
  const { browser, reply } = await loggedIn('officer', 'old-2023')
  expect(reply.headers.location).toBe('/admin/password')
  expect((await browser.get('/admin')).headers.location).toBe('/admin/password')
  const page = await browser.page('/admin/password')
  expect(textOf(page, 'main')).toContain('短いため使えなくなりました')
  const password = 'みどりの机と三つの鍵と空'
  const changed = await browser.post('/admin/password', {
    current: 'old-2023',
    password,
    passwordAgain: password,
  })
  expect(changed.headers.location).toBe('/admin')
  expect((await browser.get('/admin')).statusCode).toBe(200)
  expect((await loggedIn('officer', password)).reply.headers.location).toBe('/admin')
})

test('other rights are another session: the one before is over', async () => {
  await signedIn(office, { login: 'kanri', role: 'admin' })
  await addOfficer(office)
  const { browser } = await loggedIn()
  expect((await browser.get('/admin')).statusCode).toBe(200)
  office.stores.staff.change('officer', { name: '試験', role: 'viewer' }, null, {
    actor: 'kanri',
    at: office.now(),
  })
  expect((await browser.get('/admin')).statusCode).toBe(303)
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge（Windows）',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox（Windows）'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
    'Safari（Mac）',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile Safari/604.1',
    'Chrome（iPhone・iPad）',
  ],
  ['curl/8', 'ほかのブラウザー'],
  ['', 'ほかのブラウザー'],
])('%s is %s', (agent, name) => {
  expect(browserName(agent)).toBe(name)
})
