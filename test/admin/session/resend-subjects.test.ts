import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerGuard } from '../../../src/admin/session/guard.ts'
import { HEI, KO, OTSU, TEI } from '../../support/decisions.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officersBrowser, PASSWORD, signedIn } from '../../support/officer.ts'
import { sampleOf, startWholeOffice, type WholeOffice } from '../../support/whole-office.ts'

let office: WholeOffice
beforeAll(async () => {
  office = await startWholeOffice()
})
afterAll(() => office.close())

const nameOf = (code: string) => office.stores.hospitals.byCode(code)!.name
const acts = () => office.routes.filter(({ method, config }) => method === 'POST' && config.act !== undefined)

/** By the part of the address that says what it is about. */
const SUBJECTS: Record<string, () => string[]> = {
  '/hospitals/:code': () => [nameOf(HEI)],
  '/decline/:code': () => [nameOf(HEI)],
  '/import/:staged': () => ['追加.csv'],
  '/matches/:row': () => [nameOf(HEI)],
  '/acceptance/:code': () => [nameOf(OTSU)],
  '/reports/:id': () => ['第1号'],
  '/texts/:kind': () => ['選定'],
  '/invitations/:code': () => [nameOf(HEI)],
  '/nonrespondents/:code': () => [nameOf(HEI)],
  '/submissions/:number': () => [nameOf(HEI), 'R-000'],
  '/late-links/:id': () => [nameOf(TEI), '令和6年3月25日（月）24時'],
  '/undelivered/:mail': () => [office.stores.undelivered.all()[0]!.recipient],
  '/scenarios/:id': () => ['案'],
  '/proposals/:id': () => ['初回選定（第2版）', '第1号'],
  '/rounds/:number': () => ['初回選定'],
  '/editions/:edition': () => ['第1版'],
  '/notice/sections/:section': () => ['事業の流れ'],
  '/notice/questions/:question': () => ['Q1'],
  '/questions/:further': () => ['質問'],
  '/attachments/:attachment': () => ['別添'],
  '/notice/versions/:version': () => ['第1版'],
  '/users/:login': () => ['試験'],
  '/documents/:document': () => ['厚生労働省への報告', '備考'],
}

test('every act that was not sent says what it is about: what its address names', async () => {
  const looked: string[] = []
  for (const { url, config } of acts()) {
    const reply = await office.admin.post(sampleOf(url), { _csrf: 'of-another-session', reason: '経緯' })
    expect(reply.statusCode, url).toBe(403)
    const page = htmlOf(reply)
    const heading = textOf(page, 'h1')
    const lines = textOf(page, '.summary-list')
    expect(heading, url).toContain(config.act)
    expect(lines, url).toContain('経緯')
    const parts = Object.keys(SUBJECTS).filter((part) => url.includes(part))
    expect(parts.length > 0, url).toBe(url.includes(':'))
    const texts = parts.flatMap((part) => SUBJECTS[part]!())
    for (const text of texts) expect(lines, url).toContain(text)
    if (texts.length > 0)
      expect(
        texts.some((text) => heading.includes(text)),
        url,
      ).toBe(true)
    looked.push(...parts)
  }
  expect([...new Set(looked)].sort()).toEqual(Object.keys(SUBJECTS).sort())
})

test('an act about a hospital has the hospital in its heading, whatever else its address names', async () => {
  for (const { url } of acts().filter((each) =>
    /hospitals\/:code|decline|submissions\/:|(invitations|nonrespondents|late-links)\/:/.test(each.url),
  )) {
    const page = htmlOf(await office.admin.post(sampleOf(url), { _csrf: 'x', reason: '経緯' }))
    const name = nameOf(url.includes('late-links') ? TEI : HEI)
    expect(textOf(page, 'h1'), url).toContain(`「${name}`)
  }
})

test.each([
  ['/admin/late-links', '期限後受付', { hospitalCode: OTSU, lastDay: '2024-03-25' }],
  ['/admin/submissions/R-0007/link', '病院の特定', { hospitalCode: KO }],
])('the hospital that is chosen in a form is named, not numbered: %s', async (url, act, fields) => {
  const page = htmlOf(await office.admin.post(url, { _csrf: 'x', reason: '経緯', ...fields }))
  expect(textOf(page, 'h1')).toContain(act)
  expect(textOf(page, '.summary-list')).toContain(nameOf(fields.hospitalCode))
  expect(textOf(page, '.summary-list')).not.toContain(fields.hospitalCode)
})

test('an answer from outside the master is known by the name that it gave', async () => {
  const page = htmlOf(
    await office.admin.post('/admin/submissions/R-0007/close', { _csrf: 'x', reason: '経緯' }),
  )
  expect(textOf(page, 'h1')).toContain('「架空病院：')
})

test.each([
  '/admin/hospitals/4699999999/exclude',
  '/admin/submissions/R-9999/close',
  '/admin/late-links/99/revoke',
])('what does not exist fails no page: %s', async (url) => {
  const reply = await office.admin.post(url, { _csrf: 'x', reason: '経緯' })
  expect([reply.statusCode, textOf(htmlOf(reply), 'h1')]).toEqual([403, expect.stringContaining('まだ登録')])
})

describe('after the login', () => {
  test.each([
    [`/admin/hospitals/${HEI}/exclude`, HEI],
    ['/admin/submissions/R-0006/close', HEI],
    ['/admin/late-links/1/revoke', TEI],
    [`/admin/rounds/1/decline/${KO}`, KO],
  ])('%s names its hospital, though another one is being looked at', async (url, code) => {
    const browser = officersBrowser(office)
    const login = `again-${url.split('/').join('-')}`
      .slice(0, 30)
      .replaceAll(/[^a-z0-9-]/gi, '')
      .toLowerCase()
    await signedIn(office, { login, role: 'admin' })
    const refused = await browser.post(url, { reason: '電話で確認' })
    await browser.page(refused.headers.location!)
    const back = await browser.post('/admin/login', { login, password: PASSWORD, next: '/admin/resend' })
    expect(back.statusCode).toBe(303)
    await browser.get(`/admin/hospitals/${OTSU}`)
    const page = await browser.page('/admin/resend')
    expect(textOf(page, 'h1')).toContain(`「${nameOf(code)}`)
    expect(textOf(page, 'main form .button')).toBe('この内容で登録する')
    expect(textOf(page, 'main form a')).toBe('登録しない')
  })

  test('what stores nothing is not registered', async () => {
    for (const url of ['/admin/policy/preview', '/admin/rounds/1/verify']) {
      const page = htmlOf(await office.admin.post(url, { _csrf: 'x' }))
      expect(textOf(page, 'h1')).toContain('まだ実行されていません')
    }
  })
})

test('an act about something that nothing is known of does not come into being', () => {
  const app = Fastify()
  const { stores } = office
  registerGuard(app, { stores, now: () => new Date(0) })
  const answer = async () => 'x'
  const config = { role: 'officer', act: '送付' } as const
  expect(() => app.post('/admin/letters/:id/send', { config }, answer)).toThrow('which of the letters')
  expect(() => app.post('/admin/hospitals/:code/send', { config }, answer)).not.toThrow()
})
