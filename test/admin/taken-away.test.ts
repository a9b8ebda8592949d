import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiptPath } from '../../src/domain/answer/receipt.ts'
import { addresses } from '../support/route-table.ts'
import { cookieOf, sampleOf, startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

let office: WholeOffice
beforeAll(async () => {
  office = await startWholeOffice()
})
afterAll(() => office.close())

const recorded = () => office.stores.audit.all().length

/** What is on the record since, in order. */
function recordedSince(count: number): string[] {
  return office.stores.audit
    .all()
    .slice(count)
    .map(({ action }) => action)
}

test('HEAD leaves nothing on the record, at any address of either side', async () => {
  const { number, code } = office.stores.submissions.byNumber('R-0001')!
  const publicSample = (url: string) =>
    url
      .replace('/receipts/:number/:code', receiptPath({ number, code: code! }))
      .replace(':token', 'x'.repeat(32))
  const urls = addresses(office.routes, 'GET').filter((url) => !url.startsWith('/assets'))
  expect(urls.length).toBeGreaterThan(100)
  const before = recorded()
  for (const url of urls) {
    const isAdmin = url.startsWith('/admin')
    const { statusCode, body } = await office.app.inject({
      method: 'HEAD',
      url: isAdmin ? sampleOf(url) : publicSample(url),
      headers: { cookie: cookieOf(office.admin) },
    })
    expect(body, url).toBe('')
    expect(recordedSince(before), url).toEqual([])
    if (isAdmin) expect(statusCode, url).toBe(405)
  }
})

const FILES = () =>
  addresses(office.routes, 'GET').filter((url) => /^\/admin\/.*(?<!\/template)\.(csv|xlsx|json)$/.test(url))

test('every file that is taken away is on the record, once, and only where there is one', async () => {
  for (const url of FILES()) {
    const before = recorded()
    const reply = await office.admin.get(sampleOf(url))
    const isFile = reply.headers['content-disposition'] !== undefined
    expect(recordedSince(before), url).toEqual(
      isFile ? [expect.stringMatching(/\.(exported|downloaded)$/)] : [],
    )
    expect(isFile || reply.statusCode === 404, url).toBe(true)
  }
})

describe('where CP932 cannot hold a character', () => {
  beforeAll(() => {
    const { hospitals } = office.stores
    const all = hospitals.all().map((hospital) => ({ ...hospital, name: `${hospital.name}𠮷` }))
    const by = { actor: 'test', at: new Date('2024-03-01'), source: 'test' }
    hospitals.import({ hospitals: all, fields: ['name'] }, by)
  })

  test('every list is written with another, and on the record', async () => {
    const lists = FILES().filter(
      (url) => url.endsWith('.csv') && !/:|tally|fairness|template|reminders/.test(url),
    )
    expect(lists).toHaveLength(7)
    for (const url of lists) {
      const before = recorded()
      for (const [encoding, name] of [
        ['cp932', '吉'],
        ['utf-8', '𠮷'],
      ] as const) {
        const { statusCode, rawPayload } = await office.admin.get(`${url}?encoding=${encoding}`)
        expect(statusCode, url).toBe(200)
        expect(new TextDecoder(encoding === 'cp932' ? 'shift_jis' : encoding).decode(rawPayload)).toContain(
          name,
        )
      }
      expect(recordedSince(before), url).toHaveLength(2)
    }
  })
})
