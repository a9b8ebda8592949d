import { beforeEach, describe, expect, test } from 'vitest'
import { verifyPassword } from '../../../src/office/password.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, tableRows, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOfficer, officersBrowser, PASSWORD, signedIn } from '../../support/officer.ts'
import { addSecondFactor } from '../../support/second-factor.ts'

const office = officeWith()
const admin = office.officer({ login: 'kanri', role: 'admin' })
const BY = { actor: 'kanri', at: new Date('2024-03-11T01:00:00Z') }

beforeEach(async () => {
  await admin.get('/admin/users')
})

/** Everything that is stored, as text: what is nowhere in it nobody can read out of a copy. */
const everything = () =>
  JSON.stringify([office.stores.audit.all(), office.stores.staff.users(), office.stores.settings.stored()])

async function add(typed: Record<string, string>) {
  const reply = await admin.post('/admin/users', {
    name: '担当 太郎',
    login: 'tanto',
    role: 'officer',
    ...typed,
  })
  expect(reply.statusCode).toBe(303)
  const page = await admin.page(reply.headers.location!)
  return { page, password: page.querySelector('#one-time-password')!.getAttribute('value')! }
}

async function logIn(login: string, password: string) {
  const browser = officersBrowser(office)
  await browser.get('/admin/login')
  return {
    browser,
    reply: await browser.post('/admin/login', { login, password, next: '/admin/submissions' }),
  }
}

describe('a user who is added', () => {
  test('gets a password that is shown once, kept nowhere, and changed at the first login', async () => {
    const { page, password } = await add({ login: ' ＴＡＮＴＯ ', name: '担当　太郎' })
    expect(textOf(page, 'h1')).toBe('利用者を追加しました')
    expect(password).toMatch(/^[a-z2-9]{16}$/)
    expect(everything()).not.toContain(password)
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'staff.added', actor: 'kanri', subject: 'tanto', detail: { role: 'officer' } },
    ])
    expect(await verifyPassword(office.stores.staff.byLogin('tanto')!.passwordHash, password)).toBe(true)

    const list = await admin.page('/admin/users')
    expect(tableRows(list.querySelector('table')).map((row) => row.slice(0, 4))).toEqual([
      ['試験 kanri（自分）', 'kanri', '管理者', '利用中'],
      ['担当　太郎', 'tanto', '担当者', '初回パスワードの変更待ち'],
    ])
    const again = await admin.get('/admin/users/tanto/password')
    expect(again.headers.location).toBe('/admin/users/tanto?done=left')

    const { browser, reply } = await logIn('tanto', password)
    expect(reply.headers.location).toBe('/admin/password')
    expect((await browser.get('/admin/submissions')).headers.location).toBe('/admin/password')
    const mine = {
      current: password,
      password: 'わたしだけのことばをきめる',
      passwordAgain: 'わたしだけのことばをきめる',
    }
    await browser.get('/admin/password')
    expect((await browser.post('/admin/password', mine)).headers.location).toBe('/admin')
    expect((await browser.get('/admin/submissions')).statusCode).toBe(200)
  })

  test.each([
    [{ name: '' }, { name: '氏名を入力してください。' }],
    [{ name: '名'.repeat(51) }, { name: '氏名は50文字以内で入力してください（現在51文字）。' }],
    [{ login: '' }, { login: 'ログイン名を入力してください。' }],
    [{ login: '担当' }, { login: expect.stringContaining('半角の英小文字') }],
    [{ login: 'kanri' }, { login: expect.stringContaining('既に使われています') }],
    [{ role: '' }, { role: '権限を選択してください。' }],
    [{ role: 'boss' }, { role: '権限を選択してください。' }],
  ])('%j is refused beside its field, with everything typed', async (typed, errors) => {
    const sent = { name: '担当 太郎', login: 'tanto', role: 'viewer', ...typed }
    const reply = await admin.post('/admin/users', sent)
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(errorsOf(page)).toEqual(errors)
    const kept = fieldsOf(page, '/admin/users')
    expect(kept).toMatchObject({ name: sent.name, login: sent.login })
    expect(kept.role ?? '').toBe(sent.role === 'boss' ? '' : sent.role)
    expect(office.stores.staff.count()).toBe(1)
  })
})

describe('what becomes of a user', () => {
  test('disabled: logged out at once, and no login any more; enabled again: only by a login of their own', async () => {
    const tanto = await signedIn(office, { login: 'tanto' })
    expect((await tanto.get('/admin')).statusCode).toBe(200)
    const page = await admin.page('/admin/users/tanto/disable')
    expect(textOf(page, 'main')).toContain('直ちに使えなくなります')
    const reply = await admin.post('/admin/users/tanto/disable', fieldsOf(page, '/admin/users/tanto/disable'))
    expect(reply.headers.location).toBe('/admin/users/tanto?done=disabled')
    expect((await tanto.get('/admin')).headers.location).toContain('/admin/login')
    expect((await logIn('tanto', PASSWORD)).reply.statusCode).toBe(422)

    await admin.get('/admin/users/tanto/enable')
    await admin.post('/admin/users/tanto/enable')
    expect((await tanto.get('/admin')).headers.location).toContain('/admin/login')
    expect((await logIn('tanto', PASSWORD)).reply.headers.location).toBe('/admin/submissions')
    expect(office.stores.audit.all().map(({ action }) => action)).toEqual(
      expect.arrayContaining(['staff.disabled', 'staff.enabled']),
    )
  })

  test('another role: the session of the old one ends, the new one counts', async () => {
    const tanto = await signedIn(office, { login: 'tanto' })
    const page = await admin.page('/admin/users/tanto')
    const fields = { ...fieldsOf(page, '/admin/users/tanto'), name: '担当 次郎', role: 'viewer' }
    expect((await admin.post('/admin/users/tanto', fields)).headers.location).toBe(
      '/admin/users/tanto?done=changed',
    )
    expect((await tanto.get('/admin')).headers.location).toContain('/admin/login')
    await tanto.signIn('tanto')
    expect((await tanto.get('/admin/hospitals')).statusCode).toBe(200)
    expect((await tanto.get('/admin/selection/confirm')).statusCode).toBe(403)
    expect(office.stores.audit.latest(2).map(({ action, detail }) => [action, detail])).toEqual(
      expect.arrayContaining([
        ['staff.renamed', { before: '試験 tanto', after: '担当 次郎' }],
        ['staff.role-changed', { before: 'officer', after: 'viewer' }],
      ]),
    )
  })

  test('another name alone: whoever works goes on working', async () => {
    const tanto = await signedIn(office, { login: 'tanto' })
    await admin.post('/admin/users/tanto', { name: '改姓 太郎', role: 'officer' })
    expect(textOf(await tanto.page('/admin'), '.admin-header__officer')).toContain('改姓 太郎')
  })

  test('another password: the old one and every session of it are over', async () => {
    const tanto = await signedIn(office, { login: 'tanto' })
    const page = await admin.page('/admin/users/tanto/reset')
    const reply = await admin.post('/admin/users/tanto/reset', fieldsOf(page, '/admin/users/tanto/reset'))
    const shown = await admin.page(reply.headers.location!)
    const password = shown.querySelector('#one-time-password')!.getAttribute('value')!
    expect(everything()).not.toContain(password)
    expect((await tanto.get('/admin')).headers.location).toContain('/admin/login')
    expect((await logIn('tanto', PASSWORD)).reply.statusCode).toBe(422)
    expect((await logIn('tanto', password)).reply.headers.location).toBe('/admin/password')
    expect(office.stores.audit.all().map(({ action }) => action)).toContain('staff.password-reset')
  })

  test('another password does not lead past the second factor', async () => {
    addSecondFactor(office, await addOfficer(office, { login: 'tanto' }))
    const page = await admin.page('/admin/users/tanto/reset')
    const reply = await admin.post('/admin/users/tanto/reset', fieldsOf(page, '/admin/users/tanto/reset'))
    const shown = await admin.page(reply.headers.location!)
    const password = shown.querySelector('#one-time-password')!.getAttribute('value')!
    expect((await logIn('tanto', password)).reply.headers.location).toBe('/admin/login/code')
  })

  test('a one-time password that was changed meanwhile is not shown any more', async () => {
    const { password } = await add({})
    const { browser } = await logIn('tanto', password)
    await browser.get('/admin/password')
    const mine = {
      current: password,
      password: 'わたしだけのことばをきめる',
      passwordAgain: 'わたしだけのことばをきめる',
    }
    await browser.post('/admin/password', mine)
    expect((await admin.get('/admin/users/tanto/password')).statusCode).toBe(303)
  })
})

describe('an administrator stays', () => {
  test('the last one is neither disabled nor made anything else', async () => {
    const page = await admin.page('/admin/users')
    expect(textOf(page, '.banner')).toContain('管理者が1人だけです')
    const disabled = await admin.post('/admin/users/kanri/disable')
    expect(disabled.statusCode).toBe(422)
    expect(textOf(htmlOf(disabled), '.banner--error')).toContain('ログインできる管理者がいなくなる')
    const demoted = await admin.post('/admin/users/kanri', { name: '試験 kanri', role: 'viewer' })
    expect(demoted.statusCode).toBe(422)
    expect(errorsOf(htmlOf(demoted)).role).toContain('先に、ほかの利用者を管理者に')
    expect(office.stores.staff.administrators()).toEqual(['試験 kanri'])
  })

  test('of two who take away each other’s rights the second is refused', async () => {
    const other = await signedIn(office, { login: 'futari', role: 'admin' })
    await Promise.all([other.get('/admin/users'), admin.get('/admin/users')])
    const replies = await Promise.all([
      admin.post('/admin/users/futari/disable'),
      other.post('/admin/users/kanri/disable'),
    ])
    expect(replies.filter(({ statusCode }) => statusCode === 303).length).toBeGreaterThanOrEqual(1)
    expect(office.stores.staff.administrators()).toHaveLength(1)
    const { staff } = office.stores
    const [last] = staff.users().filter(({ disabledAt }) => disabledAt === null)
    expect(staff.disable(last!.login, null, BY)).toBe('last-administrator')
    expect(staff.change(last!.login, { name: 'x', role: 'officer' }, null, BY)).toBe('last-administrator')
  })

  test('a disabled administrator does not count', () => {
    const { staff } = office.stores
    const user = {
      login: 'futari',
      name: '二人目',
      role: 'admin' as const,
      passwordHash: 'x',
      mustChangePassword: false,
    }
    staff.add(user, BY)
    expect(staff.disable('futari', null, BY)).toBe('disabled')
    expect(staff.disable('kanri', null, BY)).toBe('last-administrator')
  })

  test('what one does to oneself is said before', async () => {
    await signedIn(office, { login: 'futari', role: 'admin' })
    expect(textOf(await admin.page('/admin/users/kanri/disable'), 'main')).toContain(
      '自分を停止しようとしています',
    )
    expect(textOf(await admin.page('/admin/users/kanri'), 'main')).toContain('自分では元に戻せません')
    expect((await admin.get('/admin/users/kanri/reset')).headers.location).toBe('/admin/password')
    await admin.get('/admin/users/kanri/disable')
    expect((await admin.post('/admin/users/kanri/disable')).headers.location).toBe('/admin/login')
    expect((await admin.get('/admin/users')).headers.location).toContain('/admin/login')
  })
})

describe('two administrators at once', () => {
  test('a reset beside another reset is not done unseen: one of the two passwords would not work', async () => {
    await signedIn(office, { login: 'tanto' })
    const opened = fieldsOf(await admin.page('/admin/users/tanto/reset'), '/admin/users/tanto/reset')
    office.stores.staff.reset('tanto', { passwordHash: 'another', shown: null }, BY)
    const refused = await admin.post('/admin/users/tanto/reset', opened)
    expect(refused.statusCode).toBe(409)
    expect(textIn(htmlOf(refused).querySelector('.banner--error'))).toContain('ほかの管理者が')
    expect(office.stores.staff.byLogin('tanto')!.passwordHash).toBe('another')
  })
})

test.each(['officer', 'viewer'] as const)('a %s sees neither the page nor its entry', async (role) => {
  const reader = await signedIn(office, { login: 'reader', role })
  expect((await reader.get('/admin/users')).statusCode).toBe(403)
  const links = [...(await reader.page('/admin')).querySelectorAll('.admin-nav a')]
  expect(links.map((link) => link.getAttribute('href'))).not.toContain('/admin/users')
})
