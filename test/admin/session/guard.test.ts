import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { formPost, htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'

const office = officeWith({ shared: true, hospitals: [{}], answers: [{}] })
const viewer = office.officer({ login: 'viewer', role: 'viewer' })
const admin = office.officer({ login: 'admin', role: 'admin' })

const PAGES = [
  '/admin',
  '/admin/submissions',
  '/admin/submissions.csv',
  '/admin/submissions/R-0001',
  '/admin/selection',
  '/admin/selection/snapshot.json',
  '/admin/selection/result.json',
  '/admin/selection.csv',
  '/admin/selection.xlsx',
  '/admin/selection/order',
  '/admin/selection/order.xlsx',
  '/admin/hospitals',
  '/admin/hospitals.csv',
  '/admin/hospitals/4619900011',
  '/admin/nonrespondents',
  '/admin/nonrespondents.csv',
  '/admin/overrides',
  '/admin/selection/preflight',
  '/admin/selection/list',
  '/admin/selection/reasons',
  '/admin/rounds',
  '/admin/settings',
  '/admin/settings/ministry',
  '/admin/password',
]
const ACTS = [
  '/admin/submissions/R-0001/current',
  '/admin/submissions/R-0001/link',
  '/admin/selection/confirm',
  '/admin/selection/order',
  '/admin/selection/order/upload',
  '/admin/hospitals/4619900011/designate',
  '/admin/hospitals/4619900011/exclude',
  '/admin/hospitals/4619900011/undo-override',
  '/admin/hospitals/4619900011/move',
  '/admin/hospitals/4619900011/undo-move',
  '/admin/rounds/1/decline/4619900011',
  '/admin/rounds/1/reopen',
  '/admin/proposals/1/approve',
  '/admin/proposals/1/return',
  '/admin/proposals/1/withdraw',
  '/admin/settings',
  '/admin/settings/ministry',
]

describe('without a session', () => {
  test.each([...PAGES, '/admin/selection/confirm', '/admin/resend', '/admin/'])(
    '%s asks for the login',
    async (url) => {
      const reply = await office.app.inject(url)
      expect(reply.statusCode).toBe(303)
      expect(reply.headers.location).toBe(`/admin/login?next=${encodeURIComponent(url)}`)
      expect(reply.body).toBe('')
    },
  )

  test.each([...ACTS, '/admin/password'])('a POST to %s does nothing', async (url) => {
    const before = office.stores.audit.all().length
    const reply = await office.app.inject(formPost(url, { reason: 'x', title: 'x' }))
    expect(reply.statusCode).toBe(303)
    expect(reply.headers.location).toMatch(/^\/admin\/login\?next=/)
    expect(office.stores.audit.all()).toHaveLength(before)
  })
})

describe('with a session', () => {
  test.each(PAGES)('a viewer reads %s', async (url) => {
    const reply = await viewer.get(url)
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  test.each(ACTS)('a viewer may not POST to %s', async (url) => {
    await viewer.get('/admin')
    const reply = await viewer.post(url, { reason: 'x' })
    expect(reply.statusCode).toBe(403)
    expect(htmlOf(reply).querySelector('h1')!.textContent).toBe('この操作を行う権限がありません')
  })

  test.each(ACTS)('nothing is done at %s without the token of the session', async (url) => {
    const before = office.stores.audit.all().length
    for (const forged of ['', 'forged'])
      expect((await admin.post(url, { _csrf: forged, reason: 'x' })).statusCode).toBe(403)
    expect(office.stores.audit.all()).toHaveLength(before)
  })

  test('the token of another officer does not fit', async () => {
    const [one, two] = [await signedIn(office), await signedIn(office, { login: 'two' })]
    const page = await two.page('/admin/password')
    const foreign = page.querySelector('input[name="_csrf"]')!.getAttribute('value')!
    expect((await one.post('/admin/logout', { _csrf: foreign })).statusCode).toBe(403)
  })

  test('a changed role counts at once, a disabled officer is out at once', async () => {
    const testApp = await startTestApp()
    const admin = await signedIn(testApp, { role: 'admin' })
    const { db } = testApp.database
    const { staff } = await import('../../../src/db/schema.ts')
    await admin.get('/admin/settings')
    db.update(staff).set({ role: 'viewer' }).run()
    expect((await admin.post('/admin/settings', { title: 'x' })).statusCode).toBe(403)
    db.update(staff)
      .set({ disabledAt: new Date('2024-03-11T00:00:00Z') })
      .run()
    expect((await admin.get('/admin')).statusCode).toBe(303)
    await testApp.close()
  })

  test('the layout names officer and role, and where one is', async () => {
    const page = await (await signedIn(office)).page('/admin/submissions/R-0001')
    expect(page.querySelector('.admin-header__officer')!.textContent).toContain('試験 officer（担当者）')
    expect(page.querySelectorAll('nav [aria-current]')).toHaveLength(1)
    expect(page.querySelector('nav [aria-current]')!.textContent).toBe('回答')
    expect(page.querySelector('script, [style], style')).toBeNull()
  })

  test('a path below /admin that is none says so in the officers’ frame', async () => {
    const reply = await (await signedIn(office)).get('/admin/../admin/nothing')
    expect(reply.statusCode).toBe(404)
    expect(htmlOf(reply).querySelector('nav')).not.toBeNull()
  })
})

test('with a listener of its own the officers’ side is not on the public one', async () => {
  const publicApp = await startTestApp({ side: 'public' })
  expect((await publicApp.app.inject('/admin')).statusCode).toBe(404)
  expect((await publicApp.app.inject('/admin/login')).statusCode).toBe(404)
  await publicApp.close()
  const adminApp = await startTestApp({ side: 'admin' })
  expect((await adminApp.app.inject('/admin/login')).statusCode).toBe(200)
  const pages = await signedIn(adminApp, { login: 'other' })
  expect((await pages.get('/admin')).statusCode).toBe(200)
  await adminApp.close()
})
