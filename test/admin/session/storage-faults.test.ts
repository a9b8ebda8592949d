import { afterEach, expect, test, vi } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { makeReadOnly } from '../../support/faults.ts'
import { formPost } from '../../support/html.ts'
import { addOfficer, officersBrowser, signedIn } from '../../support/officer.ts'

let running: TestApp | null = null
afterEach(async () => {
  vi.useRealTimers()
  await running?.close()
  running = null
})

async function start(): Promise<TestApp> {
  running = await startTestApp()
  return running
}

test('that somebody was here again is worth no page: it is shown where it cannot be noted', async () => {
  const office = await start()
  const browser = await signedIn(office)
  browser.letAge()
  office.setNow('2024-03-11T01:10:00Z')
  await browser.get('/admin')
  const end = makeReadOnly(office.database)
  office.setNow('2024-03-11T01:20:00Z')
  expect((await browser.get('/admin')).statusCode).toBe(200)
  end()
})

test('a login that cannot be kept is asked for again, without its password', async () => {
  const office = await start()
  await addOfficer(office)
  const stranger = officersBrowser(office)
  const end = makeReadOnly(office.database)
  expect((await stranger.get('/admin/login')).statusCode).toBe(200)
  const reply = await stranger.post('/admin/login', {
    login: 'officer',
    password: 'ことばのひみつ、十二文字',
  })
  end()
  expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '60'])
  expect(reply.body).toContain('まだ受け付けていません')
  expect(reply.body).not.toContain('ことばのひみつ')
})

test('neither a password nor a code is on the page that keeps what was typed', async () => {
  const office = await start()
  const browser = await signedIn(office)
  const secrets = {
    current: '今のひみつ',
    password: '次のひみつ',
    passwordAgain: '次のひみつ',
    code: 'ひみつ数字',
  }
  for (const path of ['/admin/password', '/admin/proof', '/admin/login', '/admin/login/code']) {
    await browser.get('/admin/password')
    const end = makeReadOnly(office.database)
    const reply = await browser.post(path, { ...secrets, toString: 'x' })
    end()
    expect(reply.statusCode, path).toBe(503)
    expect(reply.body, path).not.toMatch(/ひみつ|function/)
    expect(reply.body, path).toContain('認証コード')
  }
})

test('what waits to be sent after the login is kept on the page where the session cannot keep it', async () => {
  const office = await start()
  await addOfficer(office)
  const stranger = officersBrowser(office)
  await stranger.get('/admin/login')
  const end = makeReadOnly(office.database)
  const reply = await office.app.inject(formPost('/admin/policy', { note: '変更の理由の文' }))
  end()
  expect(reply.statusCode).toBe(503)
  expect(reply.body).toContain('変更の理由の文')
})

test('sessions that cannot be pruned end no program', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const office = await start()
  const end = makeReadOnly(office.database)
  office.stores.sessions.get('x')
  await vi.advanceTimersByTimeAsync(2 * 60 * 60 * 1000)
  end()
  expect((await office.app.inject({ url: '/admin/login' })).statusCode).toBe(200)
})
