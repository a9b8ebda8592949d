import { describe, expect, test } from 'vitest'
import { tidyAddress } from '../../src/web/tidy-address.ts'
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

  test('what nobody has is not found, and what is sent is not led on', async () => {
    const reply = await site.get('/nothing/')
    expect(reply.headers.location).toBe('/nothing')
    expect((await site.get('/nothing')).statusCode).toBe(404)
    expect((await site.post('/survey/', {})).statusCode).toBe(404)
  })
})
