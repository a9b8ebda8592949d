import { expect, test } from 'vitest'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const AFTER = '2029-03-20T01:00:00Z'
const office = officeWith({ now: AFTER, onDisk: true, hospitals: [{}], answers: [{}] })
const kanri = office.officer({ login: 'kanri', role: 'admin' })
const tanto = office.officer({ login: 'tanto' })

/** The day is over and everything was taken away. */
function endKeeping(): void {
  const by = { actor: 'kanri', at: new Date(AFTER) }
  office.stores.settings.change({ retentionUntil: '2029-03-19' }, by)
  office.stores.audit.append({ ...by, action: 'package.exported', subject: 'package', detail: {} })
}

const typed = { basis: '令和11年度 廃棄 第3号', word: '消去する' }

test('before its time the page says what stands in the way, and nothing is deleted', async () => {
  const page = htmlOf(await kanri.get('/admin/purge'))
  expect(textOf(page, '.banner--warning')).toContain('満了日が設定されていません')
  expect(page.querySelector('form[action="/admin/purge"]')).toBeNull()
  const refused = await kanri.post('/admin/purge', typed)
  expect(refused.statusCode).toBe(409)
  expect(office.stores.purge.last()).toBeNull()
})

test('nobody deletes by a click: the word and the basis are typed, and what was typed is kept', async () => {
  endKeeping()
  await kanri.get('/admin/purge')
  const refused = await kanri.post('/admin/purge', { ...typed, word: '消去' })
  const page = htmlOf(refused)
  expect([refused.statusCode, textOf(page, '#word-error')]).toEqual([
    422,
    expect.stringContaining('「消去する」'),
  ])
  expect(page.querySelector('#basis')?.getAttribute('value')).toBe(typed.basis)
  expect((await kanri.post('/admin/purge', { ...typed, basis: '' })).statusCode).toBe(422)
  expect(office.stores.purge.last()).toBeNull()
})

test('only an administrator may', async () => {
  expect((await tanto.get('/admin/purge')).statusCode).toBe(403)
  expect((await tanto.post('/admin/purge', typed)).statusCode).toBe(403)
})

test('the dashboard says when it is time', async () => {
  const todo = async () => htmlOf(await kanri.get('/admin')).querySelector('a[href="/admin/purge"]')
  expect(await todo()).toBeNull()
  endKeeping()
  expect(await todo()).not.toBeNull()
})

test('afterwards every address says that the survey is over, and no session is left', async () => {
  endKeeping()
  await kanri.get('/admin/purge')
  const done = await kanri.post('/admin/purge', typed)
  expect([done.statusCode, done.headers.location]).toEqual([303, '/admin'])
  expect(office.stores.purge.last()).toMatchObject({ isSwept: true, basis: typed.basis })
  const rows = office.stores.purge.counts()
  expect(rows).toEqual([])

  const reply = (url: string, method: 'GET' | 'POST' = 'GET') => office.app.inject({ method, url })
  for (const [url, status] of [
    ['/', 200],
    ['/admin', 200],
    ['/survey', 410],
    ['/admin/login', 410],
    ['/receipts', 410],
    ['/nowhere', 410],
  ] as const) {
    const said = await reply(url)
    expect([url, said.statusCode, textOf(htmlOf(said), 'h1')]).toEqual([
      url,
      status,
      'この調査は終了しました',
    ])
    expect(said.headers['set-cookie']).toBeUndefined()
  }
  expect((await reply('/survey', 'POST')).statusCode).toBe(410)
  expect((await reply('/healthz')).statusCode).toBe(200)
  expect(office.stores.purge.counts()).toEqual([])
  const page = htmlOf(await kanri.get('/admin'))
  expect(textOf(page, 'table')).toContain('操作の記録')
  expect(textOf(page, 'main')).toContain(typed.basis)
})
