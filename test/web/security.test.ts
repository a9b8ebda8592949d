import { expect, test } from 'vitest'
import { htmlOf } from '../support/html.ts'
import { surveyWith } from '../support/survey.ts'

const site = surveyWith({ shared: true })

test('every page allows our own files only, and no frame', async () => {
  for (const url of ['/', '/survey', '/nothing', '/healthz']) {
    const { headers } = await site.get(url)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
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
