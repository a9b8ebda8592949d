import { beforeEach, describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { fieldsOf } from '../../support/forms.ts'
import { formPost, htmlOf, tableRows, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const HERE = '4619900011'
const NOW = '2024-03-20T01:00:00Z'
const LINK = { hospitalCode: HERE, lastDay: '2024-03-25', reason: '災害対応で期限に間に合わなかったため' }

const office = officeWith({
  now: NOW,
  environment: { PUBLIC_URL: 'http://kakuho.pref.example.jp' },
  hospitals: [{}, { key: '4619900029', name: '第二試験病院' }],
})
const browser = office.officer()

beforeEach(async () => {
  await browser.get('/admin/late-links')
})

const make = (changes: Partial<typeof LINK> & { replaces?: string } = {}) =>
  browser.post('/admin/late-links', { ...LINK, ...changes })

/** Makes a link and follows to its page. */
async function made(changes: Parameters<typeof make>[0] = {}) {
  const reply = await make(changes)
  expect(reply.statusCode).toBe(303)
  return browser.get(reply.headers.location!)
}
const links = () => office.stores.lateLinks.all()
const rows = async () => tableRows((await browser.page('/admin/late-links')).querySelector('table'))

/** The path of the link that a page shows. */
async function madePath(): Promise<string> {
  const page = htmlOf(await made())
  return new URL(page.querySelector('#late-link')!.textContent!).pathname
}

test('a link is made, shown once with a text to send, and takes the hospital’s answer', async () => {
  const reply = await made()
  const page = htmlOf(reply)
  const url = page.querySelector('#late-link')!.textContent!
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['cache-control']).toBe('no-store')
  expect(url).toMatch(/^http:\/\/kakuho\.pref\.example\.jp\/late\/[\w-]{32}$/)
  const letter = page.querySelector('#letter')!.textContent!
  for (const fact of [
    '試験病院　御担当者様',
    'お世話になっております。',
    '回答期限後の御回答を受け付けます',
    '御不明な点は',
    url,
    '令和6年3月25日（月）24時まで',
    '099-286-2707',
  ])
    expect(letter).toContain(fact)
  expect(links()).toMatchObject([
    {
      hospitalCode: HERE,
      expiresAt: new Date('2024-03-25T15:00:00Z'),
      reason: LINK.reason,
      author: 'officer',
    },
  ])
  expect(office.stores.audit.latest(1)).toMatchObject([
    { actor: 'officer', action: 'late-link.created', subject: HERE, detail: { reason: LINK.reason } },
  ])

  const sent = await office.app.inject(formPost(new URL(url).pathname, aForm()))
  expect(sent.statusCode).toBe(303)
  expect(await rows()).toEqual([
    [
      '試験病院',
      '回答済み',
      '令和6年3月25日（月）24時',
      LINK.reason,
      expect.stringContaining('試験 officer'),
      'R-0001',
    ],
  ])
})

test('the answer’s own page tells that it came late', async () => {
  await office.app.inject(formPost(await madePath(), aForm()))
  const page = await browser.page('/admin/submissions/R-0001')
  expect(page.querySelector('main')!.textContent).toContain('期限後受付のリンクからの回答')
})

test('the list never shows the link again', async () => {
  const path = await madePath()
  expect((await browser.get('/admin/late-links')).body).not.toContain(path.split('/').at(-1))
})

describe('the page of a made link', () => {
  test('is the same when it is loaded again: no second link is made, and the first one goes on', async () => {
    const { location } = (await make()).headers
    const [first, second] = [await browser.get(location!), await browser.get(location!)]
    const linkOn = (reply: typeof first) => htmlOf(reply).querySelector('#late-link')!.textContent!
    expect(linkOn(second)).toBe(linkOn(first))
    expect(links()).toHaveLength(1)
    expect((await office.app.inject({ url: new URL(linkOn(first)).pathname })).statusCode).toBe(200)
  })

  test('is over once it was left, and says what to do', async () => {
    const { location } = (await make()).headers
    await browser.get('/admin/late-links')
    const reply = await browser.get(location!)
    expect(reply.headers.location).toBe('/admin/late-links?done=left')
    expect((await browser.page(reply.headers.location!)).querySelector('.banner')!.textContent).toContain(
      '発行した直後にだけ表示できます',
    )
  })

  test('is for the session that made it alone, and the database does not tell the link', async () => {
    const { location } = (await make()).headers
    const token = new URL(htmlOf(await browser.get(location!)).querySelector('#late-link')!.textContent!)
    const other = await signedIn(office, { login: 'other', role: 'admin' })
    expect((await other.get(location!)).headers.location).toBe('/admin/late-links?done=left')
    const { sessions } = await import('../../../src/db/schema.ts')
    const kept = office.database.db.select().from(sessions).all()
    expect(kept.some(({ data }) => data.includes('madeLink'))).toBe(true)
    expect(JSON.stringify(kept)).not.toContain(token.pathname.split('/').at(-1))
  })

  test('of a link that was revoked or is unknown shows nothing', async () => {
    const { location } = (await make()).headers
    office.stores.lateLinks.revoke(1, { actor: 'x', at: new Date(NOW), reason: '誤り' })
    expect((await browser.get(location!)).headers.location).toBe('/admin/late-links?done=left')
    expect((await browser.get('/admin/late-links/9/made')).statusCode).toBe(404)
  })
})

test('a hospital that has answered: the officer is told that the next one will wait as a duplicate', async () => {
  saveSubmission(office.stores)
  const page = htmlOf(await made())
  expect(page.querySelector('main a[href="/admin/submissions/R-0001"]')).not.toBeNull()
  expect(page.querySelector('main')!.textContent).toContain('重複として確認待ち')
})

describe('a hospital that has an open link', () => {
  test('a new one ends the one before, once the officer has seen that one', async () => {
    await make()
    const asked = await make({ reason: '期限を延ばすため' })
    expect(asked.statusCode).toBe(409)
    expect(links()).toMatchObject([{ revokedAt: null }])
    const page = htmlOf(asked)
    expect(page.querySelector('[role="alert"]')!.textContent).toContain('前のリンクは使えなくなります')
    expect(page.querySelector('[role="alert"]')!.textContent).toContain(LINK.reason)
    const fields = fieldsOf(page, '/admin/late-links')
    expect(fields).toMatchObject({ ...LINK, reason: '期限を延ばすため', replaces: '1' })
    expect((await browser.post('/admin/late-links', fields)).statusCode).toBe(303)
    expect((await rows()).map((row) => row[1])).toEqual(['受付中', '取消し'])
  })

  test('is asked about anew where it is another link by now', async () => {
    await make()
    await make({ replaces: '1' })
    expect((await make({ replaces: '1' })).statusCode).toBe(409)
    expect(links()).toMatchObject([{ id: 2, revokedAt: null }, { id: 1 }])
  })

  test('is not asked about once that one is over', async () => {
    await make()
    office.setNow('2024-03-26T01:00:00Z')
    await browser.signIn()
    await browser.get('/admin/late-links')
    expect((await make({ lastDay: '2024-03-29' })).statusCode).toBe(303)
  })
})

describe('what is wrong is named, what was typed is kept, nothing is made', () => {
  test.each([
    ['no hospital', { hospitalCode: '' }, 'hospitalCode', '受け付ける病院を選択'],
    ['an unknown hospital', { hospitalCode: 'other' }, 'hospitalCode', '受け付ける病院を選択'],
    ['no day', { lastDay: '' }, 'lastDay', '受付の最終日を入力してください'],
    [
      'no such day',
      { lastDay: '令和6年2月30日' },
      'lastDay',
      '受付の最終日：「令和6年2月30日」という日付はありません',
    ],
    [
      'another weekday',
      { lastDay: '令和6年3月25日（火）' },
      'lastDay',
      '受付の最終日：令和6年3月25日は月曜日です',
    ],
    ['no date', { lastDay: '来週の金曜' }, 'lastDay', '受付の最終日は、「令和6年3月27日」のように'],
    ['a day with an hour', { lastDay: 'R6.3.25 17:00' }, 'lastDay', '年月日だけを入力してください'],
    ['a day that is over, in the era', { lastDay: 'R6.3.19' }, 'lastDay', '今日以降の日付'],
    ['a day that is over', { lastDay: '2024-03-19' }, 'lastDay', '今日以降の日付'],
    ['a mistyped year', { lastDay: '2042-03-25' }, 'lastDay', '1年以内の日付'],
    ['no reason', { reason: ' 　' }, 'reason', '理由を入力してください'],
  ])('%s', async (_what, change, field, message) => {
    const reply = await make(change)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(422)
    expect(page.querySelector('title')!.textContent).toMatch(/^エラー：/)
    const [link, ...others] = page.querySelectorAll('#error-summary a')
    expect([link!.getAttribute('href'), others]).toEqual([`#${field}`, []])
    expect(link!.textContent).toContain(message)
    expect(page.getElementById(`${field}-error`)!.textContent).toBe(`＊${link!.textContent}`)
    expect(page.getElementById(field)!.getAttribute('aria-invalid')).toBe('true')
    expect(fieldsOf(page, '/admin/late-links')).toMatchObject({
      ...LINK,
      ...change,
      ...(field === 'hospitalCode' && { hospitalCode: '' }),
    })
    expect(htmlFlaws(page)).toEqual([])
    expect(links()).toEqual([])
  })

  test('today is a day, before the deadline is none', async () => {
    expect((await make({ lastDay: '令和6年３月２０日（水）' })).statusCode).toBe(303)
    office.setNow('2024-03-15T01:00:00Z')
    const page = htmlOf(await make({ lastDay: '2024-03-18' }))
    expect(page.querySelector('#lastDay-error')!.textContent).toContain('回答期限より後')
    expect((await make({ lastDay: '2024-03-19', replaces: '1' })).statusCode).toBe(303)
  })
})

describe('the last day is a text, in whichever form officers write it', () => {
  test.each([
    '令和6年3月25日',
    '令和6年3月25日（月）',
    '令和６年３月２５日',
    'R6.3.25',
    'r6/3/25',
    '2024/03/25',
    '2024/3/25',
    '2024年3月25日',
    '2024-03-25',
    '20240325',
    ' 2024.3.25 まで',
  ])('%s', async (lastDay) => {
    const refused = htmlOf(await make({ lastDay, reason: '' }))
    const field = refused.querySelector('#lastDay')!
    expect(['type', 'name', 'value'].map((name) => field.getAttribute(name))).toEqual([
      'text',
      'lastDay',
      lastDay,
    ])
    expect(refused.querySelector('[data-writes-into="lastDay"]')!.getAttribute('value')).toBe('2024-03-25')
    expect(links()).toEqual([])
    expect((await make({ lastDay })).statusCode).toBe(303)
    expect(links()).toMatchObject([{ expiresAt: new Date('2024-03-25T15:00:00Z') }])
  })

  test('the calendar is a script’s, the same as for the settings; without it nothing of it is there', async () => {
    const page = await browser.page('/admin/late-links')
    const calendar = page.querySelector('[data-writes-into="lastDay"]')!
    expect(['type', 'hidden', 'name'].map((name) => calendar.getAttribute(name))).toEqual(['date', '', null])
    expect(calendar.getAttribute('aria-label')).toBe('受付の最終日をカレンダーから選ぶ')
    expect(page.querySelector('script[src*="date-picker"]')).not.toBeNull()
    expect(textOf(page, '#lastDay-support')).toBe('その日の終わりまで受け付けます。例：令和6年3月27日')
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    expect((await viewer.page('/admin/late-links')).querySelector('script[src*="date-picker"]')).toBeNull()
  })
})

describe('revoking', () => {
  test('has its own page with the consequences, and needs a reason', async () => {
    const path = await madePath()
    const page = await browser.page('/admin/late-links/1/revoke')
    expect(page.querySelector('main')!.textContent).toContain('このリンクから回答できなくなります')
    const refused = await browser.post('/admin/late-links/1/revoke', { reason: '' })
    expect(refused.statusCode).toBe(422)
    expect(links()[0]!.revokedAt).toBeNull()
    const reply = await browser.post('/admin/late-links/1/revoke', { reason: '電話で回答を受けたため' })
    expect(reply.headers.location).toBe('/admin/late-links?done=revoked')
    expect((await office.app.inject({ url: path })).statusCode).toBe(410)
    expect(office.stores.audit.latest(1)).toMatchObject([
      { actor: 'officer', action: 'late-link.revoked', detail: { reason: '電話で回答を受けたため' } },
    ])
    expect((await rows()).map((row) => row.slice(1, 2).concat(row.at(-1)!))).toEqual([['取消し', '']])
  })

  test('what was used or is over cannot be revoked, and that is said', async () => {
    const path = await madePath()
    await office.app.inject(formPost(path, aForm()))
    expect((await browser.get('/admin/late-links/1/revoke')).headers.location).toBe(
      '/admin/late-links?done=not-open',
    )
    const reply = await browser.post('/admin/late-links/1/revoke', { reason: '誤り' })
    expect(reply.headers.location).toBe('/admin/late-links?done=not-open')
    expect(links()[0]!.revokedAt).toBeNull()
  })

  test('an unknown one is not found', async () => {
    for (const id of ['9', 'x', '1.0'])
      expect((await browser.get(`/admin/late-links/${id}/revoke`)).statusCode).toBe(404)
    expect((await browser.post('/admin/late-links/9/revoke', { reason: '誤り' })).statusCode).toBe(404)
  })
})

test('a viewer reads the list and can neither make nor revoke', async () => {
  await make()
  const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
  const page = await viewer.page('/admin/late-links')
  expect(tableRows(page.querySelector('table'))).toHaveLength(1)
  expect(page.querySelector('main form')).toBeNull()
  expect(page.querySelector('main a[href$="/revoke"]')).toBeNull()
  expect((await viewer.post('/admin/late-links', LINK)).statusCode).toBe(403)
  expect((await viewer.post('/admin/late-links/1/revoke', { reason: '誤り' })).statusCode).toBe(403)
  expect(links()).toMatchObject([{ revokedAt: null }])
})
