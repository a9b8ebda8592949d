import { describe, expect, test } from 'vitest'
import { readableAddress, tidyAddress } from '../../src/web/tidy-address.ts'
import { surveyWith } from '../support/survey.ts'

const site = surveyWith({ shared: true })

describe('an address with something behind it', () => {
  test.each([
    ['/survey/', '/survey'],
    ['/qa/', '/qa'],
    ['/qa%E3%80%82', '/qa'],
    ['/privacy%EF%BC%89', '/privacy'],
    ['/accessibility.', '/accessibility'],
    ['/receipts/)', '/receipts'],
    ['/receipts/R-0001/ABCD-2345/edit/', '/receipts/R-0001/ABCD-2345/edit'],
    ['/late/abc_-/', '/late/abc_-'],
    ['/late/abc%20', '/late/abc'],
    ['/late/ab%0D%0Ac', '/late/abc'],
    ['/i/abc%E3%80%8D%E3%80%82', '/i/abc'],
    ['/survey%20?x=1', '/survey?x=1'],
    ['/survey%2F', '/survey'],
    ['//survey', '/survey'],
    ['/%E3%80%82', '/'],
    ['//example.com/', '/example.com'],
    ['/%2F%2Fexample.com/', '/example.com'],
    [encodeURI('/late/abc」からご覧ください'), '/late/abc'],
    [encodeURI('/receipts/R-0001/ABCD-2345を開き、訂正/取下げ'), '/receipts/R-0001/ABCD-2345'],
    [encodeURI('/qa（Q&Aのページ）'), '/qa'],
    ['/survey%EF%BF%BDB', '/survey'],
  ])('%s is %s', (url, meant) => {
    expect(tidyAddress(url)).toBe(meant)
    expect(tidyAddress(meant)).toBeNull()
  })

  test.each([
    '/',
    '/survey',
    '/survey?',
    '/survey/resume?d=abc.',
    '/late/abc_',
    '/late/abc-',
    '/admin/',
    '/admin/x)',
    '/assets/a.js)',
    '/%E3%81',
    `/${'。'.repeat(2_000)}`,
  ])('%s stays as it is', (url) => {
    expect(tidyAddress(url)).toBeNull()
  })

  test.each(['/survey/', '/qa)', '/receipts。', '/privacy/', '/accessibility '])(
    '%s leads there',
    async (url) => {
      const reply = await site.get(encodeURI(url))
      expect(reply.statusCode).toBe(302)
      expect((await site.get(reply.headers.location as string)).statusCode).toBe(200)
    },
  )

  test.each([
    ['/survey', '/survey'],
    ['/survey?q=%8E', '/survey?q=%8E'],
    ['/qa%E3%80%82', '/qa%E3%80%82'],
    ['/qa%81%42', '/qa%EF%BF%BDB'],
    ['/a%2Fb%E9?x=%E9', '/a/b%EF%BF%BD?x=%E9'],
    ['/100%', '/100%25'],
    ['/%', '/%25'],
    ['/a%zz%C3%A9', '/a%25zz%C3%A9'],
  ])('%s is read as %s', (url, read) => {
    expect(readableAddress(url)).toBe(read)
    expect(() => decodeURIComponent(read.split('?')[0]!)).not.toThrow()
  })

  test.each(['/qa%81%42', '/qa%A1%A3', '/qa%E3%80'])(
    '%s, cut or in another encoding, leads there',
    async (url) => {
      const reply = await site.get(url)
      expect([reply.statusCode, reply.headers.location]).toEqual([302, '/qa'])
    },
  )

  test.each([
    '/%',
    '/x%8E',
    '/admin/%8E/x',
    `/late/${'a'.repeat(3_000)}`,
    `/receipts/${'1'.repeat(200)}/x`,
    '/assets/%E3',
  ])('nobody is answered in English: %s', async (url) => {
    const found = await site.get(url)
    const reply = found.statusCode === 302 ? await site.get(found.headers.location as string) : found
    expect(reply.statusCode).toBe(404)
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-robots-tag': 'noindex',
      'content-security-policy': expect.any(String),
    })
  })

  test('what nobody has is not found, and what is sent is not led on', async () => {
    const reply = await site.get('/nothing/')
    expect(reply.headers.location).toBe('/nothing')
    expect((await site.get('/nothing')).statusCode).toBe(404)
    expect((await site.post('/survey/', {})).statusCode).toBe(404)
  })
})
