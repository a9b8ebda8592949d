import { describe, expect, test } from 'vitest'
import { newRecoveryCodes } from '../../../src/office/second-factor.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOfficer, officersBrowser, PASSWORD, signedIn } from '../../support/officer.ts'
import { addSecondFactor, codeAt, setUpSecondFactor } from '../../support/second-factor.ts'

const office = officeWith()
const later = (seconds: number) =>
  office.setNow(new Date(Date.UTC(2024, 2, 11, 1) + seconds * 1000).toISOString())

async function atTheCode(next = '/admin/submissions') {
  const codes = newRecoveryCodes()
  const secret = addSecondFactor(office, await addOfficer(office), codes)
  const browser = officersBrowser(office)
  await browser.get('/admin/login')
  const reply = await browser.post('/admin/login', { login: 'officer', password: PASSWORD, next })
  expect([reply.statusCode, reply.headers.location]).toEqual([303, '/admin/login/code'])
  await browser.get('/admin/login/code')
  const give = (code: string) => browser.post('/admin/login/code', { code })
  return { secret, codes, browser, give }
}

const actions = () => office.stores.audit.all().map(({ action }) => action)

describe('the second step of the login', () => {
  test('opens nothing before the code, and what was asked for after it', async () => {
    const { browser, give, secret } = await atTheCode()
    expect((await browser.get('/admin')).headers.location).toMatch(/^\/admin\/login/)
    expect(actions()).not.toContain('login.succeeded')
    const before = browser.cookies.get('kakuho')
    const reply = await give(codeAt(secret, office.now()))
    expect(reply.headers.location).toBe('/admin/submissions')
    expect(browser.cookies.get('kakuho')).not.toBe(before)
    expect((await browser.get('/admin')).statusCode).toBe(200)
    expect(actions()).toContain('login.succeeded')
  })

  test('takes no code twice, though another browser brings it', async () => {
    const { give, secret } = await atTheCode()
    const code = codeAt(secret, office.now())
    await give(code)
    const second = officersBrowser(office)
    await second.get('/admin/login')
    await second.post('/admin/login', { login: 'officer', password: PASSWORD })
    await second.get('/admin/login/code')
    expect((await second.post('/admin/login/code', { code })).statusCode).toBe(422)
    later(30)
    const next = await second.post('/admin/login/code', { code: codeAt(secret, office.now()) })
    expect(next.statusCode).toBe(303)
  })

  test('takes a spare code instead, once, and the page tells how many are left', async () => {
    const { browser, give, codes } = await atTheCode()
    expect((await give(codes[0]!)).statusCode).toBe(303)
    expect(textOf(await browser.page('/admin/account'), 'main')).toContain('残り9個です')
    const again = officersBrowser(office)
    await again.get('/admin/login')
    await again.post('/admin/login', { login: 'officer', password: PASSWORD })
    await again.get('/admin/login/code')
    expect((await again.post('/admin/login/code', { code: codes[0]! })).statusCode).toBe(422)
  })

  test('is guessed a few times, and says what to do', async () => {
    const { give, secret } = await atTheCode()
    const wrong = await give('000000')
    expect(wrong.statusCode).toBe(422)
    expect(htmlOf(wrong).querySelector('#code')!.getAttribute('aria-invalid')).toBe('true')
    expect(textOf(htmlOf(wrong), '#error-summary')).toContain('認証コードが正しくありません。')
    for (let times = 1; times < 5; times += 1) expect((await give('000000')).statusCode).toBe(422)
    const blocked = await give(codeAt(secret, office.now()))
    expect([blocked.statusCode, blocked.headers['retry-after']]).toEqual([429, '30'])
    later(30)
    expect((await give(codeAt(secret, office.now()))).statusCode).toBe(303)
    expect(actions().filter((action) => action === 'login.code-failed')).toHaveLength(5)
  })

  test('its wrong codes are told at the next login: somebody knew the password', async () => {
    const first = await atTheCode()
    await first.give(codeAt(first.secret, office.now()))
    later(60)
    const login = async (code: string) => {
      const browser = officersBrowser(office)
      await browser.get('/admin/login')
      await browser.post('/admin/login', { login: 'officer', password: PASSWORD })
      await browser.get('/admin/login/code')
      await browser.post('/admin/login/code', { code })
      return browser
    }
    await login('000000')
    await login('111111')
    const browser = await login(codeAt(first.secret, office.now()))
    expect(textOf(await browser.page('/admin'), 'main')).toContain('2回失敗しています')
    const reader = await signedIn(office, { login: 'yomu', role: 'admin' })
    expect(textOf(await reader.page('/admin/audit'), 'main')).toMatch(
      /ログイン名試験 officer（officer）でのログインで、正しくない認証コードが入力されました/,
    )
  })

  test('waits ten minutes, and not where the password was changed meanwhile', async () => {
    const { browser, give, secret } = await atTheCode()
    later(600)
    expect((await browser.get('/admin/login/code')).headers.location).toBe('/admin/login')
    expect((await give(codeAt(secret, office.now()))).headers.location).toBe('/admin/login')
    later(0)
    const { staff } = office.stores
    staff.changePassword('officer', 'x', staff.byLogin('officer')!, { actor: 'officer', at: office.now() })
    expect((await give(codeAt(secret, office.now()))).headers.location).toBe('/admin/login')
    expect((await officersBrowser(office).get('/admin/login/code')).headers.location).toBe('/admin/login')
  })

  test('is asked for again with the password before what must be proven', async () => {
    const { browser, give, secret } = await atTheCode()
    await give(codeAt(secret, office.now()))
    browser.letAge()
    later(16 * 60)
    const page = await browser.page('/admin/proof?next=/admin/account')
    expect(page.querySelector('#code')).not.toBeNull()
    const prove = (code: string) =>
      browser.post('/admin/proof', { current: PASSWORD, code, next: '/admin/account' })
    expect((await prove('')).statusCode).toBe(422)
    expect((await prove(codeAt(secret, office.now()))).headers.location).toBe('/admin/account')
  })
})

describe('the password alone', () => {
  const change = { current: PASSWORD, password: 'wrong horse battery', passwordAgain: 'wrong horse battery' }
  async function afterQuarterOfAnHour() {
    const { browser, give, secret } = await atTheCode()
    await give(codeAt(secret, office.now()))
    browser.letAge()
    await browser.get('/admin/account')
    later(16 * 60)
    return browser
  }

  test('changed, it does not stand for the code as well', async () => {
    const browser = await afterQuarterOfAnHour()
    await browser.page('/admin/password')
    expect((await browser.post('/admin/password', change)).headers.location).toBe('/admin')
    expect((await browser.get('/admin/account/second-factor/off')).headers.location).toMatch(
      /^\/admin\/proof/,
    )
  })

  test('given again and again, it lets nobody guess at the code', async () => {
    const browser = await afterQuarterOfAnHour()
    await browser.page('/admin/password')
    const replies: number[] = []
    for (let times = 0; times < 8; times += 1) {
      await browser.post('/admin/password', { ...change, password: 'x' })
      replies.push((await browser.post('/admin/proof', { current: PASSWORD, code: '000000' })).statusCode)
    }
    expect(replies).toEqual([422, 422, 422, 422, 422, 429, 429, 429])
  })
})

describe('setting it up', () => {
  test('shows the secret as a picture and as text, wants a first code, and shows the spare codes once', async () => {
    const browser = await signedIn(office)
    const other = officersBrowser(office)
    await other.signIn('officer')
    const page = await browser.page('/admin/account/second-factor')
    expect(page.querySelector('svg[role="img"] path')!.getAttribute('d')).toMatch(/^M/)
    expect((await browser.post('/admin/account/second-factor', { code: '000000' })).statusCode).toBe(422)
    expect(office.stores.secondFactors.of('officer')).toBeNull()
    const { reply, codes, secret } = await setUpSecondFactor(office, browser)
    expect(reply.headers.location).toBe('/admin/account/recovery-codes')
    expect(codes).toHaveLength(10)
    expect(office.stores.secondFactors.of('officer')).toMatchObject({ codesLeft: 10 })
    // Every other session is over, this one is not.
    expect((await other.get('/admin/account')).statusCode).toBe(303)
    const account = await browser.page('/admin/account')
    expect(textOf(account, '#second-factor')).toContain('設定済み')
    expect((await browser.get('/admin/account/recovery-codes')).headers.location).toBe(
      '/admin/account?done=kept',
    )
    const stored = JSON.stringify(office.stores.audit.all())
    for (const told of [secret, ...codes]) expect(stored).not.toContain(told)
  })

  test('other spare codes take the place of those before', async () => {
    const browser = await signedIn(office)
    const { codes } = await setUpSecondFactor(office, browser)
    await browser.get('/admin/account')
    await browser.post('/admin/account/recovery-codes')
    const made = [
      ...(await browser.page('/admin/account/recovery-codes')).querySelectorAll('.recovery-codes li'),
    ]
    expect(made).toHaveLength(10)
    expect(textOf(await browser.page('/admin/account/recovery-codes'), '.banner')).not.toContain(
      '二段階認証を設定しました',
    )
    const login = officersBrowser(office)
    await login.get('/admin/login')
    await login.post('/admin/login', { login: 'officer', password: PASSWORD })
    await login.get('/admin/login/code')
    expect((await login.post('/admin/login/code', { code: codes[0]! })).statusCode).toBe(422)
    expect((await login.post('/admin/login/code', { code: made[0]!.textContent! })).statusCode).toBe(303)
  })

  test('taken off by oneself: the password alone is enough again', async () => {
    const browser = await signedIn(office)
    await setUpSecondFactor(office, browser)
    await browser.page('/admin/account/second-factor/off')
    const reply = await browser.post('/admin/account/second-factor/off')
    expect(reply.headers.location).toBe('/admin/account?done=off')
    const login = officersBrowser(office)
    await login.get('/admin/login')
    expect(
      (await login.post('/admin/login', { login: 'officer', password: PASSWORD })).headers.location,
    ).toBe('/admin')
  })
})

describe('where administrators have to have it', () => {
  async function required() {
    const browser = await signedIn(office, { login: 'kanri', role: 'admin' })
    office.stores.settings.change({ adminSecondFactor: 'yes' }, { actor: 'test', at: office.now() })
    return browser
  }

  test('an administrator without it sets it up first, and an officer need not', async () => {
    const admin = await required()
    for (const url of ['/admin', '/admin/settings', '/admin/users', '/admin/account'])
      expect((await admin.get(url)).headers.location, url).toBe('/admin/account/second-factor')
    const page = await admin.page('/admin/account/second-factor')
    expect(page.querySelector('nav')).toBeNull()
    expect(textOf(page, '.banner')).toContain('管理者には、二段階認証が必要です')
    const posted = await admin.post('/admin/users', { name: 'x', login: 'xx', role: 'admin' })
    expect(posted.headers.location).toBe('/admin/account/second-factor')
    expect(office.stores.staff.user('xx')).toBeNull()
    await setUpSecondFactor(office, admin)
    expect((await admin.get('/admin')).statusCode).toBe(200)
    expect((await (await signedIn(office)).get('/admin')).statusCode).toBe(200)
  })

  test('it is not taken off by oneself', async () => {
    const admin = await required()
    await setUpSecondFactor(office, admin)
    expect((await admin.page('/admin/account')).querySelector('a[href$="/off"]')).toBeNull()
    const reply = await admin.post('/admin/account/second-factor/off')
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), '[role="alert"]')).toContain('解除していません')
    expect(office.stores.secondFactors.of('kanri')).not.toBeNull()
  })

  test('another administrator takes it off for whoever has lost the phone, who sets it up again', async () => {
    const admin = await required()
    await setUpSecondFactor(office, admin)
    await addOfficer(office, { login: 'buka', role: 'admin' })
    addSecondFactor(office, 'buka')
    const page = await admin.page('/admin/users/buka/second-factor')
    expect(textOf(page, 'main')).toContain('本人からの依頼であることを、電話などで確かめてください。')
    const shown = page.querySelector('input[name="shown"]')!.getAttribute('value')!
    const reply = await admin.post('/admin/users/buka/second-factor', { shown })
    expect(reply.headers.location).toBe('/admin/users/buka?done=factor-off')
    expect(office.stores.audit.all().at(-1)).toMatchObject({
      actor: 'kanri',
      action: 'second-factor.removed',
      subject: 'buka',
    })
    const login = officersBrowser(office)
    await login.get('/admin/login')
    await login.post('/admin/login', { login: 'buka', password: PASSWORD })
    expect((await login.get('/admin')).headers.location).toBe('/admin/account/second-factor')
    // One's own is not among them.
    expect((await admin.get('/admin/users/kanri/second-factor')).headers.location).toBe('/admin/account')
  })
})
