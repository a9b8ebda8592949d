import { expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  confirm,
  decline,
  KO,
  OTSU,
  SELECTION,
} from '../../support/decisions.ts'
import { type Page, tableRows, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer()

test('the list has the boxes for the seals, the seats, and the selected in order', async () => {
  const page = await browser.page('/admin/selection/list')
  expect(page.querySelector('h1')!.textContent).toBe('初回選定　選定病院一覧（案）')
  expect([...page.querySelectorAll('.approval th')].map((cell) => cell.textContent)).toEqual([
    '課長',
    '課長補佐',
    '係長',
    '担当',
  ])
  expect(tableRows(page.querySelector('[aria-label="病床規模区分ごとの枠"] table'))).toEqual([
    ['支援枠', '2', '1', '3'],
    ['選定対象', '3', '2', '5'],
    ['選定', '2', '1', '3'],
    ['補欠', '1', '1', '2'],
    ['過不足', '充足', '充足', '充足'],
  ])
  expect(tableRows(page.querySelector('[aria-label="選定した病院"] table'))).toEqual([
    ['1', '丁病院', '鹿児島', '150', '順'],
    ['2', '甲病院', '鹿児島', '90', '順'],
    ['3', '乙病院', '鹿児島', '80', '順'],
  ])
  const snapshot = await browser.get('/admin/selection/result.json')
  const [signs, foot] = [...page.querySelectorAll('.paper__foot')].map((line) => line.textContent)
  expect(signs).toBe('区分：順＝順位')
  expect(foot).toContain(JSON.parse(snapshot.body).snapshotSha256)
})

const fieldsOf = (page: Page) =>
  [...page.querySelectorAll('.paper__fields div')].map((field) =>
    [...field.querySelectorAll('dt, dd')].map((part) => part.textContent!.replace(/　+/g, ' ')),
  )

test('a draft asks, with lines to write the number and the days on, and says when it was made', async () => {
  const page = await browser.page('/admin/selection/list')
  expect(fieldsOf(page)).toEqual([
    ['文書番号', '第 号'],
    ['起案日', '令和 年 月 日'],
    ['決裁日', '令和 年 月 日'],
    ['施行日', '令和 年 月 日'],
  ])
  expect(textOf(page, '.paper__inquiry')).toBe(
    '標記の調査の結果に基づき、次のとおり支援対象病院を選定し、厚生労働省に報告してよろしいか伺います。',
  )
  expect(textOf(page, '.paper__dates')).toMatch(/^作成：令和6年3月19日（火）/)
})

test('a change after declines names who declined and who moved up', async () => {
  await confirm(browser)
  const declined = async (path: string) =>
    [...(await browser.page(`/admin/rounds/1/${path}`)).querySelectorAll('.paper__reason')]
      .map((line) => line.textContent!)
      .find((text) => text.startsWith('辞退した病院'))
  expect(await declined('list')).toBeUndefined()
  await decline(browser, KO)
  await decline(browser, OTSU)
  for (const path of ['list', 'reasons'])
    expect(await declined(path)).toBe(
      '辞退した病院：甲病院（20～99床。繰上げは丙病院）、乙病院（20～99床。繰上げなし）',
    )
})

test('the boxes for the seals have the titles of the setting', async () => {
  const by = { actor: 'x', at: new Date(AFTER_DEADLINE) }
  office.stores.settings.change({ approvalTitles: '部長,課長,主査' }, by)
  const page = await browser.page('/admin/selection/reasons')
  expect([...page.querySelectorAll('.approval th')].map((cell) => cell.textContent)).toEqual([
    '部長',
    '課長',
    '主査',
  ])
  expect(page.querySelectorAll('.approval td')).toHaveLength(3)
})

test('what one person confirmed still asks on paper, a change of it for the change, and says which places are missing', async () => {
  await confirm(browser)
  expect(textOf(await browser.page('/admin/rounds/1/list'), '.paper__inquiry')).toContain(
    '支援対象病院を選定し',
  )
  await decline(browser, KO)
  const page = await browser.page('/admin/rounds/1/list')
  expect(textOf(page, '.paper__inquiry')).toContain('支援対象病院の選定を変更し')
  expect(textOf(page, 'main')).toContain('支援順位の2は、辞退による欠番です。')
})

test('many are set in two columns', async () => {
  await office.restock({ demo: AFTER_DEADLINE })
  const page = await browser.page('/admin/selection/list')
  const columns = [...page.querySelectorAll('.paper__columns table')].map(tableRows)
  expect(columns.map((rows) => rows.length)).toEqual([25, 25])
  expect(columns.flat().map(([order]) => Number(order))).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 1),
  )
})

test('the reasons are in words, of the hospital itself alone, and without a score', async () => {
  const page = await browser.page('/admin/selection/reasons')
  const rows = tableRows(page.querySelector('[aria-label="選定した病院と理由"] table'))
  expect(rows.map((cells) => cells.at(-1))).toEqual([
    '100床以上の区分で第1位（支援枠1）',
    '20～99床の区分で第1位（支援枠2）',
    '20～99床の区分で第2位（支援枠2）',
  ])
  expect(page.querySelector('main')!.textContent).not.toMatch(/点数|\d\.\d\d/)
})

test('of a proposal and of a round they say who and when, and of each edition its own', async () => {
  const proposer = await signedIn(office, { login: 'kian' })
  const approver = await signedIn(office, { login: 'kessai' })
  askForSecondPerson(office)
  await confirm(proposer)
  const proposed = await proposer.page('/admin/proposals/1/list')
  expect(proposed.querySelector('.paper__dates')!.textContent).toContain(
    '起案：令和6年3月19日（火）9時00分　試験 kian',
  )
  await approver.get('/admin/proposals/1/approve')
  await approver.post('/admin/proposals/1/approve', { acknowledged: 'yes' })
  office.stores.settings.change({ secondApproval: 'no' }, { actor: 'x', at: new Date(AFTER_DEADLINE) })
  await decline(browser, KO)
  const now = await browser.page('/admin/rounds/1/list')
  expect(now.querySelector('h1')!.textContent).toBe('初回選定（第2版）　選定病院一覧')
  expect(now.querySelector('main')!.textContent).toContain('丙病院')
  expect([...now.querySelectorAll('.paper__reason')].map((line) => line.textContent)).toContain(
    '辞退に伴う変更の理由：病院からの申出',
  )
  const first = await browser.page('/admin/rounds/1/editions/1/reasons')
  expect(first.querySelector('h1')!.textContent).toBe('初回選定　選定理由一覧')
  expect(first.querySelector('main')!.textContent).not.toContain('丙病院')
  expect(first.querySelector('.paper__dates')!.textContent).toContain(
    '決裁：令和6年3月19日（火）9時00分　試験 kessai',
  )
  // What a second person has approved in here asks nobody any more, and its days are known.
  expect(first.querySelector('.paper__inquiry')).toBeNull()
  expect(fieldsOf(first).slice(1, 3)).toEqual([
    ['起案日', '令和6年3月19日（火）'],
    ['決裁日', '令和6年3月19日（火）'],
  ])
  expect(fieldsOf(proposed).slice(1, 3)).toEqual([
    ['起案日', '令和6年3月19日（火）'],
    ['決裁日', '令和 年 月 日'],
  ])
})

test.each(['/admin/rounds/1/list', '/admin/rounds/1/editions/1/reasons', '/admin/proposals/1/list'])(
  '%s of what is not there is a 404',
  async (url) => {
    expect((await browser.get(url)).statusCode).toBe(404)
  },
)
