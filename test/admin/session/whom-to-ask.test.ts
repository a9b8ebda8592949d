import { expect, test } from 'vitest'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOfficer, officersBrowser, signedIn } from '../../support/officer.ts'

const office = officeWith()
const reader = office.officer({ role: 'viewer' })

const refused = async () => {
  const reply = await reader.get('/admin/submissions/R-0001/close')
  expect(reply.statusCode).toBe(403)
  return textOf(htmlOf(reply), 'main')
}

test('who may not do something is told by name who can change that: those who still can', async () => {
  expect(await refused()).toContain('必要な場合は、管理者に権限の変更を依頼してください。')
  await addOfficer(office, { login: 'kanri', role: 'admin' })
  expect(await refused()).toContain('管理者（試験 kanri）に権限の変更を依頼してください。')
  await addOfficer(office, { login: 'buka', role: 'admin' })
  await addOfficer(office, { login: 'tanto', role: 'officer' })
  expect(await refused()).toContain('管理者（試験 buka、試験 kanri）に')
  const { staff } = await import('../../../src/db/schema.ts')
  const { eq } = await import('drizzle-orm')
  office.database.db
    .update(staff)
    .set({ disabledAt: new Date('2024-03-11') })
    .where(eq(staff.login, 'buka'))
    .run()
  expect(await refused()).toContain('管理者（試験 kanri）に')
})

test('who cannot log in is told where to ask, and nobody’s name', async () => {
  await signedIn(office, { login: 'kanri', role: 'admin' })
  const browser = officersBrowser(office)
  const login = textOf(await browser.page('/admin/login'), 'main')
  expect(login).toContain('医務係（電話：099-286-2707）にお問い合わせください')
  let reply = await browser.post('/admin/login', { login: 'kanri', password: 'x' })
  for (let times = 0; times < 20 && reply.statusCode === 422; times += 1)
    reply = await browser.post('/admin/login', { login: 'kanri', password: 'x' })
  expect(reply.statusCode).toBe(429)
  expect(textOf(htmlOf(reply), 'main')).toContain('医務係（電話：099-286-2707）に連絡してください。')
  for (const text of [login, reply.body]) expect(text).not.toContain('試験 kanri')
})

test('whom the settings name stands on every page of the login', async () => {
  const contact = '情報政策課（内線 1234）'
  office.stores.settings.change({ systemContact: contact }, { actor: 'test', at: office.now() })
  const browser = officersBrowser(office)
  expect(textOf(await browser.page('/admin/login'), 'main')).toContain(`${contact}にお問い合わせください。`)
  let reply = await browser.post('/admin/login', { login: 'dareka', password: 'x' })
  for (let times = 0; times < 20 && reply.statusCode === 422; times += 1)
    reply = await browser.post('/admin/login', { login: 'dareka', password: 'x' })
  expect(textOf(htmlOf(reply), 'main')).toContain(`${contact}に連絡してください。`)
})
