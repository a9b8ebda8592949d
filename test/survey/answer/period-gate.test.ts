import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { rowsOf, surveyWith } from '../../support/survey.ts'

/** 令和6年3月8日 0時 and 令和6年3月18日 24時 in Tokyo. */
const FIRST = '2024-03-07T15:00:00.000Z'
const BEFORE_FIRST = '2024-03-07T14:59:59.999Z'
const LAST = '2024-03-18T14:59:59.999Z'
const AFTER_LAST = '2024-03-18T15:00:00.000Z'

const site = surveyWith()

test.each([FIRST, LAST])('at %s answers are taken', async (now) => {
  site.setNow(now)
  expect(textOf(htmlOf(await site.get('/survey')), 'h1')).toBe('回答の入力')
  expect((await site.confirm()).statusCode).toBe(200)
  expect((await site.send()).statusCode).toBe(303)
})

describe.each([
  [BEFORE_FIRST, '回答の受付は、まだ始まっていません', '令和6年3月8日（金）から'],
  [AFTER_LAST, '回答の受付は終了しました', '令和6年3月18日（月）24時で締め切りました'],
])('at %s', (now, heading, since) => {
  test('the form gives way to a page that says since or until when, and whom to ask', async () => {
    site.setNow(now)
    const reply = await site.get('/survey')
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(200)
    expect(textOf(page, 'h1')).toBe(heading)
    expect(textOf(page, 'main')).toContain(since)
    expect(textOf(page, 'main')).toContain('099-286-2707')
    expect(page.querySelector('form')).toBeNull()
  })

  test.each(['/survey', '/survey/confirm', '/survey/form'])(
    'POST %s shows all that was typed',
    async (url) => {
      site.setNow(now)
      const sent = aForm({
        phone: '９９',
        remarks: '大事な<ことば>\n二行目',
        hospitalName: '打ちかけ',
        emr: '?',
      })
      const reply = await site.post(url, sent)
      const page = htmlOf(reply)
      expect(reply.statusCode).toBe(403)
      expect(textOf(page, 'h1')).toBe(heading)
      expect(textOf(page, '.banner')).toContain('県に届いていません')
      expect(rowsOf(page)).toMatchObject({
        病院名: '試験病院（鹿児島市）',
        '病院名（一覧にない病院）': '打ちかけ',
        電話番号: '９９',
        電子カルテシステムの導入状況: '?',
        備考: '大事な<ことば>\n二行目',
      })
      expect(site.stores.submissions.all()).toEqual([])
    },
  )
})

test('sent in time and again too late, as the first reply was lost: the receipt, not a refusal', async () => {
  site.setNow(LAST)
  const sent = aForm()
  const first = await site.post('/survey', sent)
  site.setNow(AFTER_LAST)
  const again = await site.post('/survey', sent)
  expect([again.statusCode, again.headers.location]).toEqual([303, first.headers.location])
})

test.each([
  ['other answers', { intent: 'none' }],
  ['a broken form', { email: '' }],
  ['another number', { submissionId: crypto.randomUUID() }],
])('sent in time and then too late with %s: refused, nothing changed', async (_what, change) => {
  const sent = aForm()
  await site.post('/survey', sent)
  site.setNow(AFTER_LAST)
  expect((await site.post('/survey', { ...sent, ...change })).statusCode).toBe(403)
  expect(site.stores.submissions.all()).toMatchObject([{ version: 1, answers: { intent: 'both' } }])
})

/** Sends the head of a form, and the rest of it after something has become otherwise. */
async function sentSlowly(url: string, fields: Record<string, string>, meanwhile: () => void) {
  const payload = new PassThrough()
  const reply = site.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  await setTimeout(20)
  meanwhile()
  payload.end(new URLSearchParams(fields).toString())
  return await reply
}

test('begun in time, and not wholly there before the end: too late', async () => {
  site.setNow(LAST)
  const reply = await sentSlowly('/survey', aForm(), () => site.setNow(AFTER_LAST))
  expect([reply.statusCode, textOf(htmlOf(reply), 'h1')]).toEqual([403, '回答の受付は終了しました'])
  expect(site.stores.submissions.all()).toEqual([])
})

test('begun a moment before the opening, and wholly there after it: taken', async () => {
  site.setNow(BEFORE_FIRST)
  expect((await sentSlowly('/survey', aForm(), () => site.setNow(FIRST))).statusCode).toBe(303)
})
