import { expect, test } from 'vitest'
import { fieldsOf } from '../../support/forms.ts'
import { formPost, htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { officersBrowser, PASSWORD, signedIn } from '../../support/officer.ts'

const office = officeWith({ hospitals: [{}], answers: [{}, {}] })

const URL = '/admin/submissions/R-0002/current'
const stateOf = (number: string) => office.stores.submissions.byNumber(number)!.state

test('what was typed when the session had ended is sent after the login, by a click', async () => {
  const browser = await signedIn(office)
  browser.letAge()
  await browser.get('/admin/submissions/R-0002')
  office.setNow('2024-03-11T10:00:00Z')
  const refused = await browser.post(URL, { reason: '電話で<確認>した' })
  expect(refused.statusCode).toBe(303)
  expect(refused.headers.location).toBe('/admin/login?next=%2Fadmin%2Fresend')
  const login = await browser.page(refused.headers.location!)
  expect(login.querySelector('.banner')!.textContent).toContain('入力した内容は保管しています')

  const back = await browser.post('/admin/login', {
    login: 'officer',
    password: PASSWORD,
    next: '/admin/resend',
  })
  expect(back.headers.location).toBe('/admin/resend')
  const page = await browser.page('/admin/resend')
  expect(page.querySelector('h1')!.textContent).toContain(
    '「試験病院（鹿児島市）：有効な回答の変更」は、まだ登録されていません',
  )
  expect(page.querySelector('.summary-list')!.textContent).toContain('電話で<確認>した')
  expect(stateOf('R-0002')).toBe('duplicate')

  const form = page.querySelector(`form[action="${URL}"]`)!
  const fields = Object.fromEntries(
    [...form.querySelectorAll('input')].map((input) => [
      input.getAttribute('name'),
      input.getAttribute('value'),
    ]),
  )
  const sent = await browser.post(form.getAttribute('action')!, fields as Record<string, string>)
  expect(sent.statusCode).toBe(303)
  expect(stateOf('R-0002')).toBe('current')
  expect((await browser.get('/admin/resend')).headers.location).toBe('/admin')
})

test('a form of an earlier session is shown again with a fresh token', async () => {
  const browser = await signedIn(office)
  await browser.get('/admin/submissions/R-0002')
  const reply = await browser.post(URL, { _csrf: 'of-another-session', reason: '確認済み' })
  expect(reply.statusCode).toBe(403)
  expect(stateOf('R-0002')).toBe('duplicate')
  const page = htmlOf(reply)
  expect(page.querySelector(`form[action="${URL}"] input[name="reason"]`)!.getAttribute('value')).toBe(
    '確認済み',
  )
  expect((await browser.post(URL, { reason: '確認済み' })).statusCode).toBe(303)
})

test('no password is put aside', async () => {
  const browser = officersBrowser(office)
  const reply = await browser.post('/admin/password', {
    current: PASSWORD,
    password: 'x',
    passwordAgain: 'x',
  })
  expect(reply.headers.location).toBe('/admin/login?next=%2Fadmin')
  const login = await browser.page('/admin/login')
  expect(login.body.textContent).not.toContain('ログインが切れています')
})

test('what somebody unknown sends is kept only while it is small', async () => {
  const browser = officersBrowser(office)
  const reply = await browser.post(URL, { reason: 'a'.repeat(30_000) })
  expect(reply.headers.location).toBe('/admin/login?next=%2Fadmin')
})

test('a form that another site sends is refused before anything is kept', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' }
  const reply = await office.app.inject(formPost(URL, { reason: 'x' }, headers))
  expect(reply.statusCode).toBe(403)
  expect(reply.cookies).toEqual([])
})

test('nothing waits: the page leads to the dashboard', async () => {
  const browser = await signedIn(office)
  expect((await browser.get('/admin/resend')).headers.location).toBe('/admin')
})

test('an address that sends form after form fills no room', async () => {
  const send = () => office.app.inject(formPost(URL, { reason: 'x' }))
  for (let times = 0; times < 10; times += 1) expect((await send()).headers.location).toContain('resend')
  const one = await send()
  expect(one.headers.location).toBe('/admin/login?next=%2Fadmin')
  expect(one.cookies).toEqual([])
})

test('settings that wait are those that were changed, in the words of their page', async () => {
  const browser = await signedIn(office, { login: 'settei', role: 'admin' })
  const form = fieldsOf(await browser.page('/admin/settings'), '/admin/settings')
  const reply = await browser.post('/admin/settings', {
    ...form,
    secondApproval: 'yes',
    contactSection: '看護係',
    _csrf: 'of-another-session',
  })
  expect(textOf(htmlOf(reply), '.summary-list').replace(/\s+/g, ' ')).toBe(
    '連絡先（係）看護係 選定の決裁起案した人とは別の人が決裁する（推奨）',
  )
})

test('a user who waits to be added is shown with login and role', async () => {
  const browser = await signedIn(office, { login: 'riyou', role: 'admin' })
  await browser.get('/admin/users')
  const typed = { name: '川内 次郎', login: 'jiro', role: 'viewer', _csrf: 'of-another-session' }
  const text = textOf(htmlOf(await browser.post('/admin/users', typed)), '.summary-list')
  expect(text.replace(/\s+/g, ' ')).toBe('氏名川内 次郎 ログイン名jiro 権限閲覧者')
})
