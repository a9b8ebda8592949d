import { describe, expect, test } from 'vitest'
import { htmlOf, textOf } from '../../support/html.ts'
import { codeOf, receiptOf } from '../../support/receipts.ts'
import { confirmRound } from '../../support/rounds.ts'
import { type SavedOptions, saveSubmission } from '../../support/submissions.ts'
import { surveyWith } from '../../support/survey.ts'

const site = surveyWith()

test('the receipt says what was received, when, and what comes next', async () => {
  saveSubmission(site.stores)
  const reply = await site.get(receiptOf(1))
  const text = textOf(htmlOf(reply), 'main')
  for (const fact of [
    '回答を受け付けました',
    'R-0001',
    codeOf(1),
    '令和6年3月11日（月）10時00分',
    '令和6年3月18日（月）24時まで',
    '令和6年4月以降',
    '令和6年度中',
    '099-286-2707',
    '試験病院（鹿児島市）',
  ])
    expect(text).toContain(fact)
})

test('nobody keeps a copy of it on the way, no search engine finds it', async () => {
  saveSubmission(site.stores)
  const reply = await site.get(receiptOf(1))
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
  expect(htmlOf(reply).querySelector('meta[name="robots"]')?.getAttribute('content')).toBe('noindex')
})

test('it outlives the deadline', async () => {
  saveSubmission(site.stores)
  site.setNow('2024-06-01T00:00:00Z')
  expect((await site.get(receiptOf(1))).statusCode).toBe(200)
})

describe('what comes next', () => {
  const flow = async () => htmlOf(await site.get(receiptOf(1))).querySelector('.flow')!
  const now = async () => (await flow()).querySelector('[aria-current="step"] strong')!.textContent

  test('has its dates from the settings, and where the survey stands', async () => {
    saveSubmission(site.stores)
    const text = (await flow()).textContent
    for (const fact of ['令和6年3月18日（月）24時まで', '令和6年4月以降', '令和6年度中'])
      expect(text).toContain(fact)
    expect(await now()).toBe('回答の受付')
    site.setNow('2024-03-18T15:00:00Z')
    expect(await now()).toBe('県による選定と報告')
    confirmRound(site.stores, { seats: 1 })
    expect(await now()).toBe('県による選定と報告')
    site.stores.settings.change({ resultsPublished: 'yes' }, { actor: 'test', at: new Date('2024-03-25') })
    expect(await now()).toBe('受託事業者からの連絡')
  })

  test('is told of a hospital without a seat no more', async () => {
    saveSubmission(site.stores)
    confirmRound(site.stores, { seats: 0 })
    site.stores.settings.change({ resultsPublished: 'yes' }, { actor: 'test', at: new Date('2024-03-25') })
    expect(htmlOf(await site.get(receiptOf(1))).querySelector('.flow')).toBeNull()
  })

  test('is not told of an answer taken back', async () => {
    saveSubmission(site.stores)
    site.stores.submissions.withdraw('R-0001', { at: new Date('2024-03-12'), actor: 'test' })
    expect(htmlOf(await site.get(receiptOf(1))).querySelector('.flow')).toBeNull()
  })
})

describe('an answer that does not lead to the support is thanked for and told why', () => {
  const text = async () => textOf(htmlOf(await site.get(receiptOf(1))), 'main')

  test.each<[SavedOptions, RegExp]>([
    [{ emr: 'none' }, /電子カルテシステムを導入している病院.*対象としているため/],
    [
      { emr: 'planned', emrPlannedMonth: '2025-04' },
      /導入予定年月（令和7年4月）が、支援が行われる期間（令和7年3月まで）の後となるため/,
    ],
    [{ intent: 'undecided' }, /「検討中」と御回答いただいているため/],
    [{ intent: 'none' }, /「希望しない」と御回答いただいているため/],
  ])('%j', async (answer, reason) => {
    saveSubmission(site.stores, answer)
    expect(await text()).toContain('御回答ありがとうございました')
    expect(await text()).toMatch(reason)
    expect(await text()).toContain('令和6年3月18日（月）24時までに、このページから回答を訂正してください')
    site.setNow('2024-03-18T15:00:00Z')
    expect(await text()).toContain('変更がありましたら、県へ御連絡ください')
  })

  test('too late is what comes after the support period that the policy sets', async () => {
    const policy = { ...site.stores.policies.current().policy, supportPeriodEnd: '2025-06' }
    site.stores.policies.save(policy, { actor: 'test', at: new Date('2024-03-01'), note: '延長' })
    saveSubmission(site.stores, { emr: 'planned', emrPlannedMonth: '2025-06' })
    expect(await text()).not.toContain('この回答の取扱い')
  })

  test('an eligible one reads nothing of it', async () => {
    saveSubmission(site.stores, { emr: 'partial', intent: 'backup', gmisConsent: false })
    expect(await text()).not.toContain('この回答の取扱い')
  })
})

test('an answer taken back says so', async () => {
  saveSubmission(site.stores)
  site.stores.submissions.withdraw('R-0001', { at: new Date('2024-03-12T01:00:00Z'), actor: 'test' })
  const page = htmlOf(await site.get(receiptOf(1)))
  expect(textOf(page, 'h1')).toBe('この回答は取り下げられています')
  expect(textOf(page, '.banner')).toContain('有効ではありません')
  expect(textOf(page, '.receipt').replaceAll(' ', '')).toContain('取下げ日時令和6年3月12日（火）10時00分')
})

test.each([
  `/receipts/r-1/${codeOf(1).replace('-', '').toLowerCase()}`,
  `/receipts/%EF%BC%B2-0001/${codeOf(1)}`,
])('%s is read as a person means it', async (url) => {
  saveSubmission(site.stores)
  expect((await site.get(url)).statusCode).toBe(200)
})

test('a wrong code and an unknown number get the same page', async () => {
  saveSubmission(site.stores)
  const wrong = await site.get('/receipts/R-0001/ABCD-2346')
  const unknown = await site.get(receiptOf(2))
  expect([wrong.statusCode, unknown.statusCode]).toEqual([404, 404])
  const told = (reply: typeof wrong) => reply.body.replaceAll(String(reply.headers['x-request-id']), '')
  expect(told(unknown)).toBe(told(wrong))
  expect(wrong.body).not.toContain('ABCD')
  expect((await site.get('/receipts/R-0001/%00')).statusCode).toBe(404)
})

test('an office reads its receipts and mistypes; who guesses is stopped', async () => {
  saveSubmission(site.stores)
  const read = async (code: string) => (await site.get(`/receipts/R-0001/${code}`)).statusCode
  for (let look = 0; look < 100; look += 1) expect(await read(codeOf(1))).toBe(200)
  for (let mistake = 0; mistake < 20; mistake += 1) expect(await read('ABCD-2346')).toBe(404)
  expect(await read(codeOf(1))).toBe(200)
  for (let guess = 0; guess < 60; guess += 1) await read('WXYZ-2345')
  const stopped = await site.get('/receipts/R-0001/WXYZ-2345')
  expect(stopped.statusCode).toBe(429)
  expect(textOf(htmlOf(stopped), 'h1')).toBe('短い時間に操作が集中しています')
  expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0)
  // Behind one proxy may be everybody: who has the code is not kept out by who guesses.
  expect(await read(codeOf(1))).toBe(200)
})
