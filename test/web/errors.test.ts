import { expect, test } from 'vitest'
import { page } from '../../src/web/views.ts'
import { startTestApp } from '../support/app.ts'
import { formPost, htmlOf, textOf } from '../support/html.ts'
import { surveyWith } from '../support/survey.ts'

const site = surveyWith()

test.each([
  [400, '送信された内容を読み取れませんでした'],
  [403, 'この操作は行えません'],
  [404, 'ページが見つかりません'],
  [408, '送信が途中で止まりました'],
  [431, 'ブラウザーから送られた情報が長すぎます'],
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
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
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

const linksOf = (reply: Parameters<typeof htmlOf>[0]) =>
  [...htmlOf(reply).querySelectorAll('a')].map((link) => link.getAttribute('href')!)

test('an officer is led back to the officers, not to the public pages, and asks whoever runs the machine', async () => {
  const { app, close } = await startTestApp()
  for (const url of ['/admin/fails', '/fails'])
    app.route({
      method: ['GET', 'POST'],
      url,
      handler: () => {
        throw new Error('SELECT secret')
      },
    })
  const replies = [await app.inject('/admin/fails'), await app.inject(formPost('/admin/fails', { a: 'x' }))]
  expect(linksOf(replies[0]!)).toEqual(['#main', '/admin'])
  for (const reply of replies) {
    expect(reply.statusCode).toBe(500)
    expect(reply.body).toContain('システム管理者まで御連絡ください')
    expect(reply.body).not.toContain('問合せ先まで')
  }
  expect((await app.inject('/fails')).body).toContain('問合せ先まで御連絡ください')
  await close()
})

test('where each side has a listener of its own, no page leads to the other', async () => {
  const officers = await startTestApp({ side: 'admin' })
  for (const path of ['/', '/admin/nothing', '/survey', '/%61dmin', '//admin', '/nothing']) {
    const { body } = await site.get(path === '/' ? '/admin' : path)
    expect(body, path).not.toContain('href="/admin')
    const links = linksOf(await officers.app.inject(path))
    expect(
      links.filter((link) => !/^(?:#main|\/admin.*)$/.test(link)),
      path,
    ).toEqual([])
  }
  await officers.close()
})

test('a page that cannot be made, and then not even the page that says so, is a page all the same', async () => {
  const { app, close } = await startTestApp()
  app.get('/fails', (_request, reply) => {
    Object.assign(app.eta, {
      render: () => {
        throw new Error('SELECT secret')
      },
    })
    return page(reply, 'error', { heading: '', message: '', status: 500, side: 'public', id: '' })
  })
  const reply = await app.inject('/fails')
  expect(reply.statusCode).toBe(500)
  expect(textOf(htmlOf(reply), 'h1')).toBe('システムに問題が発生しました')
  expect(reply.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  })
  expect(reply.body).not.toContain('secret')
  await close()
})

test('the host is told that all is well', async () => {
  const health = await site.get('/healthz')
  expect([health.statusCode, health.json()]).toEqual([200, { status: 'ok' }])
  expect(health.headers['cache-control']).toBe('no-store')
})
