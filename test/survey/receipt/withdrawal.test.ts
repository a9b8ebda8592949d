import { beforeEach, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { receiptOf } from '../../support/receipts.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { rowsOf, surveyWith } from '../../support/survey.ts'

const RECEIPT = receiptOf(1)
const AFTER = '2024-03-18T15:00:00Z'

const site = surveyWith()
beforeEach(() => {
  saveSubmission(site.stores)
  site.setNow('2024-03-12T01:00:00Z')
})

const states = () => site.stores.submissions.all().map(({ number, state }) => [number, state])

test('the page tells the consequences and changes nothing', async () => {
  const page = htmlOf(await site.get(`${RECEIPT}/withdraw`))
  expect(textOf(page, 'h1')).toBe('回答を取り下げますか')
  for (const fact of [
    'R-0001',
    '回答していない病院として取り扱われます',
    'GMIS調査の回答結果の活用についての同意も取り消され',
    '元に戻せません',
    '令和6年3月18日（月）24時まで',
    '公文書として保存されます',
  ])
    expect(textOf(page, 'main')).toContain(fact)
  expect(page.querySelector(`main a[href="${RECEIPT}/edit"]`)).not.toBeNull()
  expect(rowsOf(page)).toMatchObject({ 病院名: '試験病院（鹿児島市）' })
  expect(states()).toEqual([['R-0001', 'current']])
})

test('of a duplicate it tells that the other answer stays', async () => {
  saveSubmission(site.stores)
  const text = textOf(htmlOf(await site.get(`${receiptOf(2)}/withdraw`)), 'main')
  expect(text).toContain('別の回答には、影響しません')
  expect(text).not.toContain('回答していない病院')
  expect(text).not.toContain('GMIS調査の回答結果の活用についての同意')
})

test('withdrawn: the receipt says so, the record too, a second click is harmless', async () => {
  const replies = await Promise.all([1, 2].map(() => site.post(`${RECEIPT}/withdraw`)))
  expect(replies.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual(
    Array(2).fill([303, RECEIPT]),
  )
  const page = htmlOf(await site.get(RECEIPT))
  expect(textOf(page, 'h1')).toBe('この回答は取り下げられています')
  expect(textOf(page, '.receipt').replaceAll(' ', '')).toContain('取下げ日時令和6年3月12日（火）10時00分')
  expect([...page.querySelectorAll('.history__step')].map(({ textContent }) => textContent)).toEqual([
    '回答　令和6年3月11日（月）10時00分',
    '取下げ　令和6年3月12日（火）10時00分',
  ])
  expect(page.querySelector(`main a[href^="${RECEIPT}/"]`)).toBeNull()
  expect(textOf(page, 'main a[href="/survey"]')).toBe('新しく回答する')
  expect(rowsOf(page)).toMatchObject({ 担当者名: '試験 花子' })
  const withdrawals = site.stores.audit.all().filter(({ action }) => action === 'submission.withdrawn')
  expect(withdrawals).toMatchObject([{ actor: 'hospital:R-0001', subject: 'R-0001' }])
})

test('who answers again after it gets a new receipt, and that answer counts', async () => {
  await site.post(`${RECEIPT}/withdraw`)
  const reply = await site.post('/survey', aForm({ intent: 'network' }))
  expect(reply.headers.location).toMatch(/^\/receipts\/R-0002\//)
  expect(states()).toEqual([
    ['R-0001', 'withdrawn'],
    ['R-0002', 'current'],
  ])
  expect((await site.get(RECEIPT)).statusCode).toBe(200)
})

test('after the deadline it is too late, and the page says whom to ask', async () => {
  site.setNow(AFTER)
  for (const reply of [await site.get(`${RECEIPT}/withdraw`), await site.post(`${RECEIPT}/withdraw`)]) {
    expect(reply.statusCode).toBe(403)
    expect(textOf(htmlOf(reply), 'h1')).toBe('訂正と取下げの受付は終了しました')
  }
  expect(states()).toEqual([['R-0001', 'current']])
})

test('withdrawn in time and sent again too late: the receipt', async () => {
  await site.post(`${RECEIPT}/withdraw`)
  site.setNow(AFTER)
  const again = await site.post(`${RECEIPT}/withdraw`)
  expect([again.statusCode, again.headers.location]).toEqual([303, RECEIPT])
})

test('a form on another site withdraws nothing', async () => {
  const headers = { origin: 'https://elsewhere.example' }
  const reply = await site.app.inject({ method: 'POST', url: `${RECEIPT}/withdraw`, headers })
  expect(reply.statusCode).toBe(403)
  expect(states()).toEqual([['R-0001', 'current']])
})
