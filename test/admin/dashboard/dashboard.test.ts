import { describe, expect, test } from 'vitest'
import { todoOf } from '../../../src/admin/dashboard/todo.ts'
import type { Submission } from '../../../src/domain/answer/submission.ts'
import { answersOverTime } from '../../../src/office/answers/daily.ts'
import { type PagePart, tableRows, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

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

/** What leads to a list, with how many it promises. */
function promises(page: PagePart): { url: string; count: number }[] {
  const links = page.querySelectorAll(
    '.figure__value a, .figure__note a, .counts a, .band-board a, .picture-table a',
  )
  const todo = [...page.querySelectorAll('#todo ~ .todo .todo__item:not(.todo__item--done)')]
  return [
    ...[...links].map((link) => ({ url: link.getAttribute('href')!, text: textIn(link) })),
    ...todo.map((item) => ({
      url: item.querySelector('a')!.getAttribute('href')!,
      text: textOf(item, '.todo__count'),
    })),
  ]
    .filter(({ url }) => url.startsWith('/') && !url.startsWith('/admin/policy'))
    .map(({ url, text }) => ({ url, count: Number(/\d+/.exec(text)![0]) }))
}

/** How many a list has, over all its pages. */
async function foundAt(url: string): Promise<number> {
  const page = await browser.page(url.split('#')[0]!)
  const head = page.querySelector('.list-head strong')
  if (head) return Number(head.textContent)
  return page.querySelectorAll(`.table--cards .cell--name`).length
}

describe('what the page says of the survey', () => {
  test('its first line answers, its figures count what they say', async () => {
    fill()
    const page = await browser.page('/admin')
    expect(textOf(page, '.page-lead')).toBe(
      '調査の状況 受付中 回答期限まであと7日（令和6年3月18日（月）24時）',
    )
    expect([...page.querySelectorAll('.figure')].map(textIn)).toEqual([
      '回答した病院 2 ／ 4病院（50％） 届いた回答：きのう0件、きょう1件',
      '選定対象 1病院 ／ 支援枠50病院分 選定の対象となる病院（県の指定を含む）です。活用を希望した病院は1病院で、電子カルテの導入時期などにより対象とならない病院を含みます。',
    ])
    expect(page.querySelector('main')!.textContent).not.toContain('届かなかった')
  })

  test.each([
    ['2024-03-06T00:00:00Z', '受付開始前', '受付開始まであと2日'],
    ['2024-03-07T14:59:59Z', '受付開始前', '受付開始まであと1日'],
    ['2024-03-07T15:00:00Z', '受付中', '回答期限まであと10日'],
    ['2024-03-18T14:59:59Z', '受付中', '回答期限は本日です'],
    ['2024-03-18T15:00:00Z', '受付終了', 'に締め切りました'],
  ])('it knows where the survey stands at %s', async (now, state, text) => {
    office.setNow(now)
    const page = await (await signedIn(office, { login: 'later' })).page('/admin')
    expect(textOf(page, '.standing .tag')).toBe(state)
    expect(textOf(page, '.standing')).toContain(text)
  })

  test('it is friendly while nothing is there', async () => {
    const page = await browser.page('/admin')
    expect(htmlFlaws(page)).toEqual([])
    expect([...page.querySelectorAll('.figure__value')].map(textIn)).toEqual([
      '0 ／ 0病院',
      '0病院 ／ 支援枠50病院分',
    ])
    expect(
      [...page.querySelectorAll('#todo ~ .todo .todo__item')].map((item) => textOf(item, '.todo__what')),
    ).toEqual([expect.stringContaining('確認が必要な回答はありません')])
    expect(page.querySelector('main')!.textContent).not.toMatch(/NaN|Infinity|undefined|null/)
  })

  test.each([
    ['大阪府', '27', '府'],
    ['東京都', '13', '都'],
    ['北海道', '01', '道'],
    ['鹿児島県', '46', '県'],
  ])('of %s it speaks as of itself', async (prefecture, prefectureCode, kind) => {
    const by = { actor: 'test', at: new Date('2024-03-10T00:00:00Z') }
    office.stores.settings.change({ prefecture, prefectureCode }, by)
    addHospitals(office.stores, { region: '中部' })
    const page = await browser.page('/admin')
    expect(page.querySelector('title')!.textContent).toBe(`調査の状況｜${kind}担当者用｜${prefecture}`)
    expect(textOf(page, '.admin-header__name strong')).toBe(`${prefecture} ${kind}担当者用`)
    expect(textOf(page, 'main')).toContain(`${kind}の指定`)
    if (kind !== '県') expect(textOf(page, 'body')).not.toMatch(/県(?!別)|鹿児島/)
  })
})

describe('what is to be done', () => {
  const by = { actor: 'test', at: new Date('2024-03-10T00:00:00Z') }
  const keys = (count: number) =>
    Array.from({ length: count }, (_, index) => `46190${String(index).padStart(5, '0')}`)

  /** So many of each kind. */
  async function fillWith(
    kinds: Record<'silent' | 'duplicate' | 'unlinked' | 'correction' | 'late', number>,
  ) {
    const { stores } = office
    const { silent, duplicate, unlinked, correction, late } = kinds
    const all = keys(Math.max(silent, late) + Math.max(duplicate, correction) + 3)
    addHospitals(stores, ...all.map((key) => ({ key, beds: 50, name: `病院${key}` })))
    const answering = all.slice(Math.max(silent, late))
    for (const [index, hospital] of answering.entries()) {
      // Not in one burst, which would be something to look into.
      const at = new Date(Date.parse('2024-03-11T01:00:00Z') + index * 60_000).toISOString()
      saveSubmission(stores, {
        ...{ hospital, at },
        masterCorrection: index < correction ? '病床数が違います' : null,
      })
      if (index < duplicate) saveSubmission(stores, { hospital, at, masterCorrection: '電話番号' })
    }
    for (let index = 0; index < unlinked; index += 1)
      saveSubmission(stores, {
        at: '2024-03-10T01:00:00Z',
        hospital: { name: `外${index}`, address: '鹿児島市', beds: 30 },
      })
    const expiresAt = new Date('2024-03-25T15:00:00Z')
    for (const hospitalCode of all.slice(0, late))
      stores.lateLinks.create({ hospitalCode, expiresAt, reason: '災害対応のため' }, by)
    // Neither an expired link nor one that was replaced is waited for.
    stores.lateLinks.create(
      { hospitalCode: answering[0]!, expiresAt: new Date('2024-03-10T15:00:00Z'), reason: '期限切れ' },
      by,
    )
    if (late > 0) stores.lateLinks.create({ hospitalCode: all[0]!, expiresAt, reason: '作り直し' }, by)
  }

  test.each([
    { silent: 0, duplicate: 0, unlinked: 0, correction: 0, late: 0 },
    { silent: 1, duplicate: 0, unlinked: 0, correction: 0, late: 0 },
    { silent: 3, duplicate: 2, unlinked: 1, correction: 3, late: 2 },
    { silent: 0, duplicate: 1, unlinked: 4, correction: 1, late: 0 },
    { silent: 130, duplicate: 57, unlinked: 61, correction: 70, late: 35 },
  ])('%j: every number leads to as many', async (kinds) => {
    await fillWith(kinds)
    const page = await browser.page('/admin')
    const found = promises(page)
    expect(found.length).toBeGreaterThan(8)
    for (const { url, count } of found) expect(await foundAt(url), url).toBe(count)
    const counted = (url: string) => found.find((each) => each.url.startsWith(url))?.count ?? 0
    const todo = [...page.querySelectorAll('#todo ~ .todo .todo__item')].map((item) =>
      textOf(item, '.todo__count'),
    )
    expect(todo.filter((count) => /^[1-9]/.test(count))).toHaveLength(
      Object.values({ ...kinds, silent: Math.max(kinds.silent, kinds.late) }).filter((count) => count > 0)
        .length,
    )
    expect(counted('/admin/submissions?state=duplicate')).toBe(kinds.duplicate)
    expect(counted('/admin/submissions?state=unlinked')).toBe(kinds.unlinked)
    expect(counted('/admin/submissions?state=current&correction=yes')).toBe(kinds.correction)
    expect(counted('/admin/late-links')).toBe(kinds.late)
    expect(counted('/admin/nonrespondents')).toBe(Math.max(kinds.silent, kinds.late))
  })

  const nothing = {
    state: 'open' as const,
    daysLeft: 3,
    waiting: { duplicate: 0, unmatched: 0, unlinked: 0, late: 0 },
    nonrespondents: 0,
    corrections: 0,
    undelivered: 0,
    review: { flagged: 0, asked: 0 },
    reminders: null,
    rounds: [],
    openEnds: [],
    status: {
      preparing: '初回選定',
      isAdditional: false,
      seatsLeft: 50,
      confirmed: null,
      openProposal: null,
    },
  }

  test('a survey that has not begun waits for no hospital', () => {
    const todo = todoOf({ ...nothing, state: 'preparing', nonrespondents: 9 })
    expect(todo.map(({ count, note }) => `${count} ${note}`)).toEqual([
      '0 回答の受付はまだ始まっていません。',
    ])
  })

  test('what a round has left to do is named with its page', () => {
    const openProposal = { label: '追加選定（第2回）', href: '/admin/proposals/3' }
    const confirmed = { label: '初回選定', href: '/admin/rounds/1', at: '' }
    const round = { href: '/admin/rounds/1', label: '初回選定', confirmedAt: '', selected: 50, free: 2 }
    const todo = todoOf({
      ...nothing,
      undelivered: 3,
      rounds: [{ ...round, changed: 7, changedSelected: 2, damaged: [] }],
      status: { ...nothing.status, isAdditional: true, seatsLeft: 2, confirmed, openProposal },
    })
    expect(todo.map(({ count, unit, href }) => `${count}${unit} ${href}`)).toEqual([
      '3件 /admin/undelivered',
      '1件 /admin/proposals/3',
      '7病院 /admin/rounds/1#changes',
      '2病院分 /admin/selection',
    ])
  })
})

describe('the pictures', () => {
  test('the answers a day stand against the deadline, with the table beneath', async () => {
    fill()
    const page = await browser.page('/admin')
    expect(tableRows(page.querySelector('.chart + details table'))).toEqual([
      ['令和6年3月8日（金）', '2', '2'],
      ['令和6年3月9日（土）', '1', '3'],
      ['令和6年3月10日（日）', '0', '3'],
      ['令和6年3月11日（月）', '1', '4'],
    ])
    expect(page.querySelectorAll('.chart__bar')).toHaveLength(4)
    expect(page.querySelector('.chart')!.textContent).toContain('回答期限')
    expect(page.querySelector('main [style]')).toBeNull()
  })

  test('a band has a bar and a line at its seats', async () => {
    fill()
    const rows = [...(await browser.page('/admin')).querySelectorAll('.band-board--bars tbody tr')]
    expect(rows.map((row) => row.querySelectorAll('.seat-bar line').length)).toEqual([1, 1, 1, 1, 1, 1])
    expect(textOf(rows[0]!, '.tag')).toBe('不足 22')
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
      const rows = tableRows(page.querySelector('.chart + details table'))
      expect(rows.at(-1)).toEqual(['令和6年9月6日（金）（回答期限を含む）', '0', '1'])
      expect(rows.at(-2)).toEqual(['令和6年8月30日（金）～令和6年9月5日（木）', '1', '1'])
      const text = page.querySelector('main')!.textContent!
      expect(text).toContain('週ごとの回答')
      expect(text).toContain('その週に届いた回答の数')
      expect(text).not.toContain('日ごとの回答')
      expect(page.querySelector('.chart')!.textContent).toContain('回答期限')
      expect(page.querySelector('.chart')!.getAttribute('aria-label')).toContain('週ごとの回答')
    })
  })
})
