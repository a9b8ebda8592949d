import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PASSWORD_LIMITS } from '../../../src/domain/record/staff.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { freshImage } from '../../support/database.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officersBrowser } from '../../support/officer.ts'

const TOKEN = 'the-token-that-was-printed'
const ADDRESS = `/admin/setup?token=${TOKEN}`
const FIRST = {
  name: '管理 花子',
  login: 'kanri',
  password: 'はじめのことばをさがす2024',
  passwordAgain: 'はじめのことばをさがす2024',
}

let office: TestApp
beforeEach(async () => {
  office = await startTestApp({ image: freshImage(), setupToken: TOKEN })
})
afterEach(() => office.close())

async function opened() {
  const browser = officersBrowser(office)
  const fields = fieldsOf(await browser.page(ADDRESS), '/admin/setup')
  return { browser, fields }
}

describe('the first administrator', () => {
  test('is told how long a password has to be', async () => {
    const page = await officersBrowser(office).page(ADDRESS)
    expect(textOf(page, 'form')).toContain(`${PASSWORD_LIMITS.min}文字以上${PASSWORD_LIMITS.max}文字以内`)
  })

  test('is registered by the printed address, is logged in, and the address is gone', async () => {
    const { browser, fields } = await opened()
    const reply = await browser.post('/admin/setup', { ...fields, ...FIRST })
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/admin'])
    const page = await browser.page('/admin')
    expect(textOf(page, 'h1')).toBe('調査の状況')
    expect(textOf(page, '.admin-header__officer')).toContain('管理 花子（管理者）')
    expect(office.stores.staff.users()).toMatchObject([
      { login: 'kanri', name: '管理 花子', role: 'admin', mustChangePassword: false },
    ])
    const [entry] = office.stores.audit.all()
    expect(entry).toMatchObject({
      action: 'staff.added',
      actor: 'kanri',
      detail: { role: 'admin', first: true },
    })
    expect(JSON.stringify(office.stores.audit.all())).not.toMatch(new RegExp(`${TOKEN}|はじめの`))
    expect((await browser.get(ADDRESS)).statusCode).toBe(404)
    expect((await officersBrowser(office).get(ADDRESS)).statusCode).toBe(404)
  })

  test('is told beside the field which passwords are taken', async () => {
    const page = await officersBrowser(office).page(ADDRESS)
    const { min, max } = PASSWORD_LIMITS
    expect(textOf(page, '#password-support')).toContain(`${min}文字以上${max}文字以内`)
  })

  test.each([
    [{ name: '' }, ['name']],
    [{ login: 'かんり' }, ['login']],
    [{ password: 'short', passwordAgain: 'short' }, ['password']],
    [{ password: '', passwordAgain: '' }, ['password']],
    [{ password: 'kanri-no-kotoba', passwordAgain: 'kanri-no-kotoba' }, ['password']],
    [{ password: 'kagoshima2024!', passwordAgain: 'kagoshima2024!' }, ['password']],
    [{ passwordAgain: 'べつのことばをさがす2024' }, ['passwordAgain']],
    [{ name: '', login: '', password: 'aaaaaaaa' }, ['name', 'login', 'password']],
  ])('%j is refused beside the field; what was typed stays, but for passwords', async (typed, wrong) => {
    const { browser, fields } = await opened()
    const reply = await browser.post('/admin/setup', { ...fields, ...FIRST, ...typed })
    expect(reply.statusCode).toBe(422)
    expect(Object.keys(errorsOf(htmlOf(reply))).sort()).toEqual([...wrong].sort())
    const kept = fieldsOf(htmlOf(reply), '/admin/setup')
    const { name, login } = { ...FIRST, ...typed }
    expect(kept).toMatchObject({ name, login, password: '', passwordAgain: '' })
    expect(office.stores.staff.count()).toBe(0)
  })

  test('of two browsers one wins, and the other is told', async () => {
    const [one, other] = [await opened(), await opened()]
    const replies = await Promise.all([
      one.browser.post('/admin/setup', { ...one.fields, ...FIRST }),
      other.browser.post('/admin/setup', { ...other.fields, ...FIRST, login: 'betsu' }),
    ])
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
    const late = replies.find(({ statusCode }) => statusCode === 409)!
    expect(textOf(htmlOf(late), 'h1')).toBe('管理者は既に登録されています')
    expect(office.stores.staff.users()).toHaveLength(1)
  })
})

describe('nobody else', () => {
  test.each(['/admin/setup', '/admin/setup?token=', '/admin/setup?token=wrong', `${ADDRESS}x`])(
    '%s is no page',
    async (url) => {
      const reply = await officersBrowser(office).get(url)
      expect(reply.statusCode).toBe(404)
      expect(reply.body).not.toMatch(/管理者の登録|token/)
    },
  )

  test('a wrong token is told nothing, whatever comes with it', async () => {
    const { browser, fields } = await opened()
    for (const token of ['', 'wrong', `${TOKEN} `]) {
      const reply = await browser.post('/admin/setup', { ...fields, ...FIRST, token })
      expect(reply.statusCode).toBe(404)
    }
    expect(office.stores.staff.count()).toBe(0)
  })

  test('another site’s form is refused, with the right token too', async () => {
    const { browser, fields } = await opened()
    const reply = await browser.post('/admin/setup', { ...fields, ...FIRST, _csrf: 'x' })
    expect(reply.statusCode).toBe(403)
    expect(office.stores.staff.count()).toBe(0)
  })

  test('nor anybody once a user was added by a command', async () => {
    const by = { actor: 'cli', at: new Date('2024-03-11') }
    const user = {
      login: 'cli',
      name: 'x',
      role: 'viewer' as const,
      passwordHash: 'x',
      mustChangePassword: true,
    }
    const { browser, fields } = await opened()
    office.stores.staff.add(user, by)
    expect((await browser.get(ADDRESS)).statusCode).toBe(404)
    expect((await browser.post('/admin/setup', { ...fields, ...FIRST })).statusCode).toBe(409)
  })

  test('the hospitals’ listener has no such page', async () => {
    const outside = await startTestApp({ image: freshImage(), setupToken: TOKEN, side: 'public' })
    expect((await outside.app.inject({ url: ADDRESS })).statusCode).toBe(404)
    await outside.close()
  })
})

test('the login says that nobody is there yet, until somebody is', async () => {
  const { browser, fields } = await opened()
  const anybody = officersBrowser(office)
  expect(textOf(await anybody.page('/admin/login'), '.banner')).toContain('利用者がまだ登録されていません')
  await browser.post('/admin/setup', { ...fields, ...FIRST })
  expect((await anybody.page('/admin/login')).querySelector('.banner')).toBeNull()
})
