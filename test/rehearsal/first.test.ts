import { expect, test } from 'vitest'
import { officeWith } from '../support/office.ts'

const office = officeWith({ now: '2024-03-01T00:00:00Z', onDisk: true, hospitals: [{}] })
const tanto = office.officer({ login: 'tanto' })

test('x', async () => {
  let page = await tanto.get('/admin/rehearsal')
  expect(page.statusCode).toBe(200)
  page = await tanto.post('/admin/rehearsal/start')
  expect([page.statusCode, page.headers.location, office.failures]).toEqual([303, '/admin/rehearsal?done=started', []])
  page = await tanto.get('/admin/rehearsal')
  console.log(page.body)
  page = await tanto.post('/admin/rehearsal/enter', { place: 'office' })
  expect(page.statusCode).toBe(303)
  page = await tanto.get('/admin')
  console.log(page.body.slice(0, 3000))
  page = await tanto.get('/survey')
  console.log(page.statusCode, page.headers, page.body.slice(0, 3000))
})
