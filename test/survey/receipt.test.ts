import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveSubmission } from '../support/submissions.ts'
import { pageOf, type SurveySite, startSurvey, textOf } from './site.ts'

let site: SurveySite
beforeEach(async () => {
  site = await startSurvey()
})
afterEach(() => site.close())

test('the receipt says what was received, when, and what comes next', async () => {
  saveSubmission(site.stores)
  const reply = await site.get('/receipts/R-0001/ABCD-2345')
  const text = textOf(pageOf(reply), 'main')
  for (const fact of [
    '回答を受け付けました',
    'R-0001',
    'ABCD-2345',
    '令和6年3月11日（月）10時00分',
    '令和6年3月18日（月）24時00分まで',
    '令和6年4月以降',
    '令和6年度中',
    '099-286-2707',
    '試験病院（鹿児島市）',
  ])
    expect(text).toContain(fact)
})

test('nobody keeps a copy of it on the way, no search engine finds it', async () => {
  saveSubmission(site.stores)
  const reply = await site.get('/receipts/R-0001/ABCD-2345')
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
  expect(pageOf(reply).querySelector('meta[name="robots"]')?.getAttribute('content')).toBe('noindex')
})

test('it outlives the deadline', async () => {
  saveSubmission(site.stores)
  site.setNow('2024-06-01T00:00:00Z')
  expect((await site.get('/receipts/R-0001/ABCD-2345')).statusCode).toBe(200)
})

test('an answer taken back says so', async () => {
  saveSubmission(site.stores)
  site.stores.submissions.withdraw('R-0001', { at: new Date('2024-03-12T01:00:00Z'), actor: 'test' })
  const page = pageOf(await site.get('/receipts/R-0001/ABCD-2345'))
  expect(textOf(page, 'h1')).toBe('この回答は取り下げられています')
  expect(textOf(page, '.banner')).toContain('有効ではありません')
  expect(textOf(page, '.receipt').replaceAll(' ', '')).toContain('取下げ日時令和6年3月12日（火）10時00分')
})

test.each(['/receipts/r-1/abcd2345', '/receipts/%EF%BC%B2-0001/ABCD-2345'])(
  '%s is read as a person means it',
  async (url) => {
    saveSubmission(site.stores)
    expect((await site.get(url)).statusCode).toBe(200)
  },
)

test('a wrong code and an unknown number get the same page', async () => {
  saveSubmission(site.stores)
  const wrong = await site.get('/receipts/R-0001/ABCD-2346')
  const unknown = await site.get('/receipts/R-0002/ABCD-2345')
  expect([wrong.statusCode, unknown.statusCode]).toEqual([404, 404])
  expect(unknown.body).toBe(wrong.body)
  expect(wrong.body).not.toContain('ABCD')
  expect((await site.get('/receipts/R-0001/%00')).statusCode).toBe(404)
})

test('an office reads its receipts and mistypes; who guesses is stopped', async () => {
  saveSubmission(site.stores)
  const read = async (code: string) => (await site.get(`/receipts/R-0001/${code}`)).statusCode
  for (let look = 0; look < 100; look += 1) expect(await read('ABCD-2345')).toBe(200)
  for (let mistake = 0; mistake < 20; mistake += 1) expect(await read('ABCD-2346')).toBe(404)
  expect(await read('ABCD-2345')).toBe(200)
  for (let guess = 0; guess < 60; guess += 1) await read('WXYZ-2345')
  expect(await read('WXYZ-2345')).toBe(429)
  const stopped = await site.get('/receipts/R-0001/ABCD-2345')
  expect(stopped.statusCode).toBe(429)
  expect(textOf(pageOf(stopped), 'h1')).toBe('短い時間に操作が集中しています')
  expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0)
})
