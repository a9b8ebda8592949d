import { describe, expect, test } from 'vitest'
import type { Submission } from '../../src/domain/answer/submission.ts'
import { answersOverTime } from '../../src/office/answers/daily.ts'
import { tableRows } from '../support/html.ts'
import { officeWith } from '../support/office.ts'
import { signedIn } from '../support/officer.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

const office = officeWith({ now: '2024-03-11T03:00:00Z' })
const browser = office.officer({ role: 'viewer' })

function fill(): void {
  const { stores } = office
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
    expect(page.querySelector('main')!.textContent).not.toContain('届かなかった')
    expect(figures).toEqual([
      '回答受付中 あと7日 回答期限 令和6年3月18日（月）24時',
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
    ['2024-03-07T14:59:59Z', '受付開始前', '令和6年3月8日（金）から'],
    ['2024-03-18T14:59:59Z', '回答受付中', '本日まで'],
    ['2024-03-18T15:00:00Z', '受付終了', '令和6年3月18日（月）24時に終了'],
  ])('knows where the survey stands at %s', async (now, heading, text) => {
    office.setNow(now)
    const later = await signedIn(office, { login: 'later' })
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
    const days = answersOverTime([at('2024-03-12T01:00:00Z')], period, new Date('2024-03-20T00:00:00Z')).spans
    expect(days.map(({ label, value, isDeadline }) => [label, value, isDeadline])).toEqual([
      ['3/8', 0, false],
      ['3/9', 0, false],
      ['3/10', 0, true],
      ['3/11', 0, false],
      ['3/12', 1, false],
    ])
  })

  test('have no number on a day that has not come', () => {
    const days = answersOverTime([], period, new Date('2024-03-09T00:00:00Z')).spans
    expect(days.map(({ value }) => value)).toEqual([0, 0, null])
  })

  test('begin with a fax from before the opening', () => {
    const days = answersOverTime([at('2024-03-07T01:00:00Z')], period, new Date('2024-03-09T00:00:00Z')).spans
    expect(days.map(({ label, total }) => [label, total])).toEqual([
      ['3/7', 1],
      ['3/8', 1],
      ['3/9', 1],
      ['3/10', 1],
    ])
  })

  describe('of a long survey', () => {
    const half = { opensAt: new Date('2024-04-01T00:00:00Z'), closesAt: new Date('2024-09-30T15:00:00Z') }
    const now = new Date('2024-10-20T00:00:00Z')

    test.each([91, 92, 93, 183, 650, 2_000])(
      '%d days: none is left out, and the deadline is there',
      (length) => {
        const closesAt = new Date(half.opensAt.getTime() + length * 24 * 3600 * 1000)
        const each = Array.from({ length }, (_, day) =>
          at(new Date(half.opensAt.getTime() + day * 864e5).toISOString()),
        )
        const late = at(new Date(closesAt.getTime() + 3 * 864e5).toISOString())
        const { spans } = answersOverTime(
          [...each, late],
          { ...half, closesAt },
          new Date('2034-01-01T00:00:00Z'),
        )
        expect(spans.at(-1)!.total).toBe(length + 1)
        expect(spans.reduce((sum, { value }) => sum + value!, 0)).toBe(length + 1)
        expect(spans.filter(({ isDeadline }) => isDeadline)).toHaveLength(1)
        expect(spans.length).toBeLessThanOrEqual(92)
      },
    )

    test('are counted by weeks, each with its days', () => {
      const { span, spans } = answersOverTime(
        [at('2024-04-07T14:59:59Z'), at('2024-04-07T15:00:00Z')],
        half,
        now,
      )
      expect([span, spans.length]).toEqual(['週', 27])
      expect(spans.slice(0, 2)).toEqual([
        {
          label: '4/1',
          date: '令和6年4月1日（月）～令和6年4月7日（日）',
          value: 1,
          total: 1,
          isDeadline: false,
        },
        {
          label: '4/8',
          date: '令和6年4月8日（月）～令和6年4月14日（日）',
          value: 1,
          total: 2,
          isDeadline: false,
        },
      ])
      expect(spans.at(-1)).toMatchObject({ date: '令和6年9月30日（月）', isDeadline: true })
    })

    test('the page says that they are weeks, with the deadline in the chart and the table', async () => {
      const changes = { opensAt: '2024-03-08', closesAt: '2024-09-06' }
      office.stores.settings.change(changes, { actor: 'test', at: now })
      office.setNow('2024-09-10T00:00:00Z')
      addHospitals(office.stores, {})
      saveSubmission(office.stores, { at: '2024-09-05T00:00:00Z' })
      const page = await (await signedIn(office, { login: 'later' })).page('/admin')
      const rows = tableRows(page.querySelector('.chart-table table'))
      expect(rows.at(-1)).toEqual(['令和6年9月6日（金）（回答期限を含む）', '0', '1'])
      expect(rows.at(-2)).toEqual(['令和6年8月30日（金）～令和6年9月5日（木）', '1', '1'])
      const text = page.querySelector('main')!.textContent!
      expect(text).toContain('週ごとの回答')
      expect(text).toContain('その週に受け付けた回答の数')
      expect(text).not.toContain('日ごとの回答')
      expect(page.querySelector('.chart svg')!.textContent).toContain('回答期限')
      expect(page.querySelector('.chart svg')!.getAttribute('aria-label')).toContain('週ごとの回答')
    })
  })
})
