import { describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { htmlOf } from '../support/html.ts'
import { surveyWith } from '../support/survey.ts'

const site = surveyWith({ shared: true })

test('every page allows our own files only, and no frame', async () => {
  for (const url of ['/', '/survey', '/nothing', '/healthz']) {
    const { headers } = await site.get(url)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';object-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
    )
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringMatching(/camera=\(\).*geolocation=\(\).*microphone=\(\)/),
    })
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['set-cookie']).toBeUndefined()
  }
})

test('pages load nothing from outside, and all that they load is there for a year', async () => {
  for (const url of ['/', '/survey', '/nothing']) {
    const page = htmlOf(await site.get(url))
    const loaded = [...page.querySelectorAll('[src], link[href]')].map(
      (element) => element.getAttribute('src') ?? element.getAttribute('href')!,
    )
    expect(loaded.length).toBeGreaterThan(1)
    for (const address of loaded) {
      expect(address).toMatch(/^\/assets\/[\w.-]+\?v=[0-9a-f]{10}$/)
      const asset = await site.get(address)
      expect(asset.statusCode).toBe(200)
      expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    }
  }
})

test('links lead to pages that exist', async () => {
  for (const url of ['/', '/qa', '/privacy', '/survey', '/nothing']) {
    const page = htmlOf(await site.get(url))
    const links = [...page.querySelectorAll('a[href^="/"]')].map((link) => link.getAttribute('href')!)
    for (const link of new Set(links)) {
      const target = await site.get(link.split('#')[0]!)
      expect(target.statusCode, link).toBe(200)
      const anchor = link.split('#')[1]
      if (anchor) expect(htmlOf(target).getElementById(anchor), link).not.toBeNull()
    }
  }
})

test('nobody reads files beside the public ones', async () => {
  for (const url of ['/assets/../package.json', '/assets/%2e%2e/package.json', '/assets/', '/assets/.env'])
    expect([403, 404]).toContain((await site.get(url)).statusCode)
})

test('with https browsers are told to come by nothing else, for a year', async () => {
  const { app, close } = await startTestApp({ environment: { PUBLIC_URL: 'https://kakuho.example' } })
  for (const url of ['/', '/admin/login', '/nothing', '/healthz', '/assets/pages.css'])
    expect((await app.inject(url)).headers['strict-transport-security']).toBe(
      'max-age=31536000; includeSubDomains',
    )
  await close()
})

test('nobody is told how near a limit is, only when to come again', async () => {
  const { app, close } = await startTestApp()
  const wrong = (_: unknown, index: number) => app.inject(`/receipts/R-${1000 + index}/ABCD-2345`)
  const asked = await Promise.all(Array.from({ length: 61 }, wrong))
  for (const { headers } of asked) expect(Object.keys(headers).join()).not.toContain('ratelimit')
  const refused = asked.find(({ statusCode }) => statusCode === 429)!
  expect(refused.headers['retry-after']).toMatch(/^\d+$/)
  await close()
})

describe('what a browser says of where a form comes from', () => {
  const HOST = 'office.example'
  const sent = async (headers: Record<string, string>, { app }: Pick<TestApp, 'app'> = site) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const form = { method: 'POST', url: '/survey/confirm', payload: '' } as const
    return (await app.inject({ ...form, headers: { host: HOST, ...type, ...headers } })).statusCode
  }

  test.each([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: `http://${HOST}` }],
    ['our own page that tells nobody where it is', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['a browser that says only the one', { 'sec-fetch-site': 'same-origin' }],
    ['an old browser', { origin: `http://${HOST}` }],
    ['no browser', {}],
    ['the address of the settings', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' }],
  ])('%s is let through', async (_name, headers) => {
    expect(await sent(headers)).toBe(422)
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another site in an old browser', { origin: 'https://evil.example' }],
    ['a sister site', { 'sec-fetch-site': 'same-site', origin: 'https://www.office.example' }],
    ['what contradicts itself', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }],
    ['what contradicts itself by a port', { 'sec-fetch-site': 'same-origin', origin: `http://${HOST}:81` }],
    ['what begins like ours', { 'sec-fetch-site': 'none', origin: `http://${HOST}.evil.example` }],
    ['an old browser that tells nobody', { origin: 'null' }],
  ])('%s is refused', async (_name, headers) => {
    expect(await sent(headers)).toBe(403)
  })

  test('behind a proxy that is trusted, the name that it hands on counts', async () => {
    const behind = await startTestApp({ environment: { TRUST_PROXY: '127.0.0.1' } })
    const forwarded = { 'x-forwarded-host': 'seen.example', 'sec-fetch-site': 'same-origin' }
    expect(await sent({ ...forwarded, origin: 'https://seen.example' }, behind)).toBe(422)
    expect(await sent({ ...forwarded, origin: 'https://evil.example' }, behind)).toBe(403)
    await behind.close()
  })
})
