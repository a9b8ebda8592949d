import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillDemo } from '../../src/demo/fill.ts'
import { hashPassword } from '../../src/office/password.ts'
import { expectAccessible, startSite, type Visitor, visit } from '../support/browser.ts'
import { logIn } from '../support/steps.ts'
import { addHospitals } from '../support/submissions.ts'

const NOW = '2024-03-14T05:00:00Z'
const PASSWORD = 'lists-on-a-phone'

let site: Awaited<ReturnType<typeof startSite>>
/** One with scripts and one without. */
let visitors: Visitor[]

beforeAll(async () => {
  site = await startSite({ now: NOW })
  fillDemo(site.stores, new Date(NOW))
  const by = { actor: 'test', at: new Date(NOW) }
  const passwordHash = await hashPassword(PASSWORD)
  const officer = { name: '担当 一子', role: 'officer' as const, passwordHash, mustChangePassword: false }
  site.stores.staff.add({ ...officer, login: 'tanto' }, by)
  const expiresAt = new Date('2024-03-25T15:00:00Z')
  const [first] = site.stores.hospitals.all()
  site.stores.lateLinks.create({ hospitalCode: first!.key, expiresAt, reason: '災害対応のため' }, by)
  visitors = [await visit(), await visit({ javaScriptEnabled: false })]
  for (const { page } of visitors) await logIn(page, site.address, 'tanto', PASSWORD)
})
afterAll(async () => {
  for (const { context } of visitors) await context.close()
  await site.close()
})

async function open(page: Page, path: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.goto(site.address + path)
}

const LISTS = ['/admin/submissions', '/admin/hospitals', '/admin/nonrespondents', '/admin/late-links']
/** From 1248 px on the menu is one line; 1231 is what a scroll bar leaves of it. */
const WIDTHS = [320, 360, 600, 768, 820, 1024, 1120, 1248, 1280, 1440]

describe.each(['/admin', ...LISTS])('%s', (path) => {
  test.each(WIDTHS)('at %i px: nothing scrolls sideways, and no box within the page', async (width) => {
    const { page, complaints } = visitors[0]!
    await open(page, path, width)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    const boxes = `[...document.querySelectorAll('main :is(.table-list, .table, .chart, .tiles)')]
      .filter((box) => /auto|scroll/.test(getComputedStyle(box).overflow) && box.scrollHeight > box.clientHeight + 1)
      .map((box) => box.className)`
    expect(await page.evaluate(boxes)).toEqual([])
    await expectAccessible(page)
    expect(complaints).toEqual([])
  })

  test.each([360, 1280])('at %i px: what is pressed is 44 px high', async (width) => {
    const { page } = visitors[0]!
    await open(page, path, width)
    const low = `[...document.querySelectorAll('.table--cards a, .band-board a, .pager a, .todo a, .tile a, thead a, .admin-nav :is(a, summary)')]
      .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 43.5)
      .map((target) => target.textContent)`
    expect(await page.evaluate(low)).toEqual([])
  })
})

describe.each(LISTS)('%s', (path) => {
  test.each([320, 360])('on a phone of %i px a row is a card with its state in sight', async (width) => {
    const { page } = visitors[1]!
    await open(page, path, width)
    const cards = await page.locator('.table--cards tbody tr').all()
    expect(cards.length).toBeGreaterThan(0)
    for (const card of cards.slice(0, 20)) {
      const name = (await card.locator('.cell--name').boundingBox())!
      expect(name.x).toBeGreaterThanOrEqual(0)
      for (const state of await card.locator('.cell--state').all()) {
        const box = (await state.boundingBox())!
        expect(box.x).toBeGreaterThanOrEqual(name.x + name.width - 1)
        expect(box.x + box.width).toBeLessThanOrEqual(width)
        expect(Math.abs(box.y - name.y)).toBeLessThan(24)
      }
    }
  })

  test('on a wide page the table grows, and its head stays in sight', async () => {
    const { page } = visitors[1]!
    await open(page, path, 1280)
    await page.mouse.wheel(0, 100_000)
    const head = (await page.locator('.table--cards thead th').first().boundingBox())!
    const last = (await page.locator('.table--cards tbody tr').last().boundingBox())!
    expect(head.y).toBeGreaterThanOrEqual(0)
    expect(head.y).toBeLessThan(last.y)
  })
})

test('without scripts the menu and the filter open on a phone, and are open on a wide page', async () => {
  const { page } = visitors[1]!
  const entry = page.getByRole('link', { name: '確定結果' })
  const field = page.getByLabel('検索', { exact: true })
  await open(page, '/admin/submissions', 360)
  expect([await entry.isVisible(), await field.isVisible()]).toEqual([false, false])
  await page.getByText('メニュー：回答').click()
  await page.getByText('検索・絞り込み').click()
  expect([await entry.isVisible(), await field.isVisible()]).toEqual([true, true])
  await open(page, '/admin/submissions', 1280)
  expect([await entry.isVisible(), await field.isVisible()]).toEqual([true, true])
  expect(await page.getByText('メニュー：回答').isVisible()).toBe(false)
  await entry.click()
  expect(page.url()).toBe(`${site.address}/admin/rounds`)
})

test.each([
  [360, 130],
  [1280, 110],
])('at %i px the frame above a page is at most %i px high', async (width, most) => {
  const { page } = visitors[1]!
  await open(page, '/admin/submissions', width)
  expect((await page.locator('.admin-header').boundingBox())!.height).toBeLessThanOrEqual(most)
})

const LONG = {
  key: '4619999990',
  name: '独立行政法人　南九州総合医療センター附属リハビリテーション病院',
  kana: 'ドクリツギョウセイホウジンミナミキュウシュウソウゴウイリョウセンターフゾクリハビリテーションビョウイン',
}

test.each([360, 768])('a hospital with a long name and reading fits %i px', async (width) => {
  if (site.stores.hospitals.byKey(LONG.key) === null) addHospitals(site.stores, LONG)
  const { page } = visitors[0]!
  for (const path of [`/admin/hospitals/${LONG.key}`, `/admin/hospitals?q=${LONG.key}`]) {
    await open(page, path, width)
    expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width)
  }
})
