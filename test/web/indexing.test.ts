import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPEN_TO_SEARCH } from '../../src/web/indexing.ts'
import { startTestApp } from '../support/app.ts'
import { htmlOf } from '../support/html.ts'
import { addresses } from '../support/route-table.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'
import { cookieOf, sampleOf, startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

let office: WholeOffice
beforeAll(async () => {
  office = await startWholeOffice()
})
afterAll(() => office.close())

const get = (url: string) =>
  office.app.inject({ method: 'GET', url, headers: { cookie: cookieOf(office.admin) } })

describe('what search engines may list', () => {
  test('is told with a description of its own', async () => {
    office.setNow('2024-03-11T01:00:00Z')
    const descriptions = new Set<string>()
    for (const url of OPEN_TO_SEARCH) {
      const reply = await get(url)
      expect({ url, status: reply.statusCode, robots: reply.headers['x-robots-tag'] }).toEqual({
        url,
        status: 200,
        robots: undefined,
      })
      const headers = { 'if-none-match': String(reply.headers.etag) }
      const again = await office.app.inject({ url, headers })
      expect([again.statusCode, again.headers['x-robots-tag']], url).toEqual([304, undefined])
      const page = htmlOf(reply)
      expect(page.querySelector('meta[name="robots"]'), url).toBeNull()
      const description = page.querySelector('meta[name="description"]')?.getAttribute('content') ?? ''
      expect([...description].length, url).toBeGreaterThanOrEqual(30)
      expect([...description].length, url).toBeLessThanOrEqual(120)
      descriptions.add(description)
    }
    expect(descriptions.size).toBe(OPEN_TO_SEARCH.size)
  })

  test('is nothing else: no address of the program is listed that is not named', async () => {
    const all = addresses(office.routes, 'GET').filter((url) => !OPEN_TO_SEARCH.has(url))
    expect(all.length).toBeGreaterThan(80)
    for (const route of all) {
      const url = route.startsWith('/admin') ? sampleOf(route) : route.replace(/:\w+/g, 'x')
      const reply = await get(url)
      expect({ url, robots: reply.headers['x-robots-tag'] }).toEqual({ url, robots: 'noindex' })
      if (!String(reply.headers['content-type']).startsWith('text/html') || reply.statusCode >= 300) continue
      expect(htmlOf(reply).querySelector('meta[name="robots"]')?.getAttribute('content'), url).toBe('noindex')
    }
  })

  test('is neither a receipt nor what a hospital sends', async () => {
    addHospitals(office.stores, {})
    const { number, code } = saveSubmission(office.stores, { submissionId: crypto.randomUUID() })
    const receipt = await get(`/receipts/${number}/${code}`)
    expect(receipt.statusCode).toBe(200)
    const failed = await office.app.inject({
      method: 'POST',
      url: '/survey/confirm',
      payload: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(failed.statusCode).toBe(422)
    for (const reply of [receipt, failed, await get('/nowhere')]) {
      expect(reply.headers['x-robots-tag']).toBe('noindex')
      expect(htmlOf(reply).querySelector('meta[name="robots"]')).not.toBeNull()
      expect(htmlOf(reply).querySelector('meta[name="description"]')).toBeNull()
    }
  })
})

test.each([
  ['both', 'Disallow: /admin'],
  ['public', 'Disallow:'],
  ['admin', 'Disallow: /'],
] as const)('robots.txt on the side %s', async (side, rule) => {
  const { app, close } = await startTestApp({ side })
  const reply = await app.inject('/robots.txt')
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(reply.body).toBe(`User-agent: *\n${rule}\n`)
  await close()
})
