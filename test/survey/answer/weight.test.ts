import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillDemo } from '../../../src/demo/fill.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { aForm } from '../../support/builders.ts'
import { formPost, htmlOf } from '../../support/html.ts'

const NOW = '2024-03-14T05:00:00Z'
const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync }
const ENCODINGS = ['br', 'gzip'] as const

let site: TestApp
beforeAll(async () => {
  site = await startTestApp({ now: NOW })
  fillDemo(site.stores, new Date(NOW))
})
afterAll(() => site.close())

const get = (url: string, headers: Record<string, string> = {}) => site.app.inject({ url, headers })

/** Addresses of what the form's page loads, by the attribute that names them. */
async function loaded(selector: string, attribute: string): Promise<string[]> {
  const page = htmlOf(await get('/survey'))
  return [...page.querySelectorAll(selector)].map((element) => element.getAttribute(attribute)!)
}

describe('the form with 225 hospitals', () => {
  test.each(ENCODINGS)('comes with all its styles in 14 kB of %s', async (encoding) => {
    const urls = ['/survey', ...(await loaded('link[rel="stylesheet"]', 'href'))]
    const replies = await Promise.all(urls.map((url) => get(url, { 'accept-encoding': encoding })))
    for (const [index, reply] of replies.entries()) {
      expect(reply.headers['content-encoding']).toBe(encoding)
      const plain = await get(urls[index]!)
      expect(UNPACK[encoding](reply.rawPayload).equals(plain.rawPayload)).toBe(true)
    }
    expect(htmlOf(await get('/survey')).querySelectorAll('optgroup option')).toHaveLength(225)
    expect(replies.reduce((sum, { rawPayload }) => sum + rawPayload.length, 0)).toBeLessThanOrEqual(14_000)
  })

  test('needs at most 8 kB of script, none of which the first paint waits for', async () => {
    const scripts = htmlOf(await get('/survey')).querySelectorAll('script')
    const sizes = await Promise.all(
      [...scripts].map(async (script) => (await get(script.getAttribute('src')!)).rawPayload.length),
    )
    expect([...scripts].every((script) => script.hasAttribute('defer'))).toBe(true)
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(8_000)
  })

  test('waits for one stylesheet', async () => {
    expect(await loaded('link[rel="stylesheet"]', 'href')).toHaveLength(1)
  })
})

describe('the form in a cache', () => {
  test('is asked for each time and sent once', async () => {
    const first = await get('/survey', { 'accept-encoding': 'br' })
    expect(first.headers['cache-control']).toBe('public, no-cache')
    expect(first.headers.etag).toMatch(/^"[\w-]{22}"$/)
    const again = await get('/survey', {
      'accept-encoding': 'br',
      'if-none-match': `"other", W/${first.headers.etag}`,
    })
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', first.headers.etag])
    expect(again.headers.vary).toBe('accept-encoding')
  })

  test('has a tag of its own for each encoding', async () => {
    const replies = await Promise.all(
      ['br, gzip', 'gzip', ''].map((encoding) => get('/survey', { 'accept-encoding': encoding })),
    )
    expect(replies.map(({ headers }) => headers['content-encoding'])).toEqual(['br', 'gzip', undefined])
    expect(new Set(replies.map(({ headers }) => headers.etag)).size).toBe(3)
    for (const { headers } of replies) expect(headers.vary).toBe('accept-encoding')
    const [br, gzip] = replies.map(({ headers }) => headers.etag as string)
    const other = await get('/survey', { 'accept-encoding': 'gzip', 'if-none-match': br! })
    expect([other.statusCode, other.headers.etag]).toEqual([200, gzip])
  })

  test.each([
    ['br;q=0, gzip', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['gzip, deflate, br;q=1.0', 'br'],
    ['br;q=0.000', undefined],
    ['deflate', undefined],
    ['identity', undefined],
  ])('Accept-Encoding %s gets %s', async (header, encoding) => {
    expect((await get('/survey', { 'accept-encoding': header })).headers['content-encoding']).toBe(encoding)
  })

  test('changes with the hospitals and the settings, and ends with the period', async () => {
    const tag = (await get('/survey')).headers.etag as string
    const by = { actor: 'test', at: new Date(NOW) }
    site.stores.settings.change({ originalClosesAt: '2024-03-15' }, by)
    expect((await get('/survey', { 'if-none-match': tag })).statusCode).toBe(200)
    site.stores.settings.change({ originalClosesAt: '' }, by)
    expect((await get('/survey', { 'if-none-match': tag })).statusCode).toBe(304)
    site.setNow('2024-04-01T00:00:00Z')
    const closed = await get('/survey', { 'if-none-match': tag })
    site.setNow(NOW)
    expect(closed.statusCode).toBe(200)
    expect(closed.headers.etag).not.toBe(tag)
  })
})

describe('what is compressed', () => {
  const packed = { 'accept-encoding': 'br' }

  test.each(['/', '/qa', '/privacy'])('%s is', async (url) => {
    const reply = await get(url, packed)
    expect(reply.headers['content-encoding']).toBe('br')
    expect(reply.headers.vary).toBe('accept-encoding')
    expect(brotliDecompressSync(reply.rawPayload).toString()).toBe((await get(url)).body)
  })

  test('what a hospital typed is, as nothing secret stands beside it', async () => {
    const reply = await site.app.inject(formPost('/survey/form', aForm(), packed))
    expect(brotliDecompressSync(reply.rawPayload).toString()).toContain('試験 花子')
  })

  test('the officers’ pages, which hold a token, are not', async () => {
    const reply = await get('/admin/login', { 'accept-encoding': 'br, gzip' })
    expect(reply.body).toContain('name="_csrf"')
    expect(reply.headers['content-encoding']).toBeUndefined()
  })
})
