import { expect, test } from 'vitest'
import { htmlOf, textOf } from '../support/html.ts'
import { surveyWith } from '../support/survey.ts'

const site = surveyWith()

test.each([
  [400, '送信された内容を読み取れませんでした'],
  [403, 'この操作は行えません'],
  [404, 'ページが見つかりません'],
  [418, '送信された内容を読み取れませんでした'],
  [429, '短い時間に操作が集中しています'],
  [500, 'システムに問題が発生しました'],
  [503, 'ただいま利用できません'],
  [599, 'システムに問題が発生しました'],
])('status %i has a page in Japanese that is never stored', async (status, heading) => {
  site.app.get('/fails', () => {
    throw Object.assign(new Error('SELECT secret FROM /srv/kakuho.db'), { statusCode: status })
  })
  const reply = await site.get('/fails')
  expect(reply.statusCode).toBe(status)
  expect(reply.headers['cache-control']).toBe('no-store')
  expect(textOf(htmlOf(reply), 'h1')).toBe(heading)
  expect(reply.body).not.toContain('secret')
})

test('an error without a status is a 500', async () => {
  site.app.get('/fails', () => {
    throw new Error('SELECT secret')
  })
  expect((await site.get('/fails')).statusCode).toBe(500)
})

test('without its database the site still answers, without a word of why', async () => {
  site.database.close()
  const reply = await site.get('/')
  expect(reply.statusCode).toBe(500)
  expect(textOf(htmlOf(reply), 'h1')).toBe('システムに問題が発生しました')
  expect(reply.body).not.toMatch(/database|sqlite|\/src\//i)
  const health = await site.get('/healthz')
  expect([health.statusCode, health.json()]).toEqual([503, { status: 'unavailable' }])
})

test('an officer is led back to the officers, not to the public pages', async () => {
  site.app.get('/admin/fails', () => {
    throw new Error('SELECT secret')
  })
  const page = htmlOf(await site.get('/admin/fails'))
  expect([...page.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    '#main',
    '/admin',
  ])
})

test('the host is told that all is well', async () => {
  const health = await site.get('/healthz')
  expect([health.statusCode, health.json()]).toEqual([200, { status: 'ok' }])
  expect(health.headers['cache-control']).toBe('no-store')
})
