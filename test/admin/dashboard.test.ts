import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Submission } from '../../src/domain/answer/submission.ts'
import { dailyAnswers } from '../../src/office/answers/daily.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { type OfficersBrowser, signedIn, tableRows } from '../support/officer.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

let testApp: TestApp
let browser: OfficersBrowser
beforeEach(async () => {
  testApp = await startTestApp({ now: '2024-03-11T03:00:00Z' })
  browser = await signedIn(testApp, { role: 'viewer' })
})
afterEach(() => testApp.close())

function fill(): void {
  const { stores } = testApp
  const codes = ['4610000011', '4610000029', '4610000037', '4610000045']
  addHospitals(stores, ...codes.map((code) => ({ key: code, beds: 50, name: `病院${code}` })))
  saveSubmission(stores, { hospital: codes[0]!, at: '2024-03-08T01:00:00Z' })
  saveSubmission(stores, { hospital: codes[1]!, at: '2024-03-08T14:59:59Z', intent: 'none' })
  saveSubmission(stores, { hospital: codes[0]!, at: '2024-03-08T15:00:00Z' })
  saveSubmission(stores, {
    hospital: { name: '外', address: '鹿児島市', beds: 30 },
    at: '2024-03-11T02:00:00Z',
  })
}

describe('the dashboard', () => {
  test('counts what its labels say, and every number leads to as many', async () => {
    fill()
    const page = await browser.page('/admin')
    const figures = [...page.querySelectorAll('.figure')].map((figure) =>
      figure.textContent!.trim().replace(/\s+/g, ' '),
    )
    expect(figures).toEqual([
      '回答受付中 あと7日 回答期限 令和6年3月18日（月）24時00分',
      '回答した病院 2 / 4病院 有効な回答がある病院（50%） 未回答 2病院',
      '支援を希望する病院 1 / 枠 50 選定の対象となる病院（県の指定を含む）',
      '確認待ちの回答 2件 重複 1件 病院未確定 1件',
    ])
    for (const link of page.querySelectorAll('.figure a, .counts a')) {
      const url = link.getAttribute('href')!.split('#')[0]!
      const behind = await browser.page(url)
      expect(behind.querySelectorAll('.table--data .name'), url).toHaveLength(
        Number.parseInt(link.textContent!, 10),
      )
    }
  })

  test('draws the answers a day against the deadline, with the table beneath', async () => {
    fill()
    const page = await browser.page('/admin')
    expect(tableRows(page.querySelector('.chart-table table'))).toEqual([
      ['令和6年3月8日（金）', '2', '2'],
      ['令和6年3月9日（土）', '1', '3'],
      ['令和6年3月10日（日）', '0', '3'],
      ['令和6年3月11日（月）', '1', '4'],
    ])
    expect(page.querySelectorAll('.chart__bar')).toHaveLength(4)
    expect(page.querySelector('.chart svg')!.textContent).toContain('回答期限')
    expect(page.querySelector('.chart [style]')).toBeNull()
  })

  test.each([
    ['2024-03-07T14:59:59Z', '受付開始前', '令和6年3月8日（金）0時00分から'],
    ['2024-03-18T14:59:59Z', '回答受付中', '本日まで'],
    ['2024-03-18T15:00:00Z', '受付終了', '令和6年3月18日（月）24時00分に終了'],
  ])('knows where the survey stands at %s', async (now, heading, text) => {
    testApp.setNow(now)
    const later = await signedIn(testApp, { login: 'later' })
    const figure = (await later.page('/admin')).querySelector('.figure')!
    expect(figure.querySelector('h2')!.textContent).toBe(heading)
    expect(figure.textContent).toContain(text)
  })

  test('is friendly while nothing is there', async () => {
    const page = await browser.page('/admin')
    expect(page.querySelectorAll('.figure')).toHaveLength(4)
    expect(page.querySelector('.figure--warning')).toBeNull()
  })
})

describe('answers a day', () => {
  const period = { opensAt: new Date('2024-03-08T00:00:00Z'), closesAt: new Date('2024-03-10T15:00:00Z') }
  const at = (instant: string) => ({ submittedAt: new Date(instant) }) as Submission

  test('go on past the deadline where a late one came in', () => {
    const days = dailyAnswers([at('2024-03-12T01:00:00Z')], period, new Date('2024-03-20T00:00:00Z'))
    expect(days.map(({ label, value, isDeadline }) => [label, value, isDeadline])).toEqual([
      ['3/8', 0, false],
      ['3/9', 0, false],
      ['3/10', 0, true],
      ['3/11', 0, false],
      ['3/12', 1, false],
    ])
  })

  test('have no number on a day that has not come', () => {
    const days = dailyAnswers([], period, new Date('2024-03-09T00:00:00Z'))
    expect(days.map(({ value }) => value)).toEqual([0, 0, null])
  })

  test('begin with a fax from before the opening', () => {
    const days = dailyAnswers([at('2024-03-07T01:00:00Z')], period, new Date('2024-03-09T00:00:00Z'))
    expect(days.map(({ label, total }) => [label, total])).toEqual([
      ['3/7', 1],
      ['3/8', 1],
      ['3/9', 1],
      ['3/10', 1],
    ])
  })
})
