import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectAccessible, startSite, type Visitor, visit } from '../support/browser.ts'
import { freshImage } from '../support/database.ts'
import { expectNoSidewaysScroll } from '../support/readable.ts'
import { logIn } from '../support/steps.ts'

const MINE = 'はじめのことばをさがす2024'

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('from no file to an office of two, %s', (_name, javaScriptEnabled) => {
  let site: Awaited<ReturnType<typeof startSite>>
  let first: Visitor
  beforeEach(async () => {
    site = await startSite({ image: freshImage(), setupToken: 'printed-at-the-start' })
    first = await visit({ javaScriptEnabled })
  })
  afterEach(async () => {
    await first.context.close()
    await site.close()
  })

  const looks = async ({ page }: Visitor) => {
    if (!javaScriptEnabled) return
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  test('the first administrator, the preparations, a second person, the record', async () => {
    const { page } = first
    await page.goto(`${site.address}/admin/setup?token=printed-at-the-start`)
    await looks(first)
    await page.getByRole('button', { name: '管理者を登録する' }).click()
    expect(await page.title()).toMatch(/^エラー：/)
    await looks(first)
    await page.getByLabel('氏名').fill('管理 花子')
    await page.getByLabel('ログイン名').fill('kanri')
    await page.locator('#password').fill(MINE)
    await page.locator('#passwordAgain').fill(MINE)
    await page.getByRole('button', { name: '管理者を登録する' }).click()
    await page.getByRole('heading', { name: '調査の状況' }).waitFor()

    // The preparations lead, and each leads to its page.
    expect(await page.locator('h2').first().textContent()).toContain('準備')
    await page.getByRole('link', { name: '受付期間を開く' }).click()
    expect(new URL(page.url()).hash).toBe('#opensAt')
    await page.locator('#opensAt').fill('令和6年3月8日')
    await page.locator('#closesAt').fill('令和6年3月18日17時')
    await page.getByRole('button', { name: '設定を保存する' }).click()
    await page.locator('.banner--success').waitFor()
    expect(await page.locator('#changes').isVisible()).toBe(true)
    await page.goto(`${site.address}/admin`)
    await page.getByRole('link', { name: '利用者を開く' }).click()

    await page.getByLabel('氏名').fill('閲覧 次郎')
    await page.getByLabel('ログイン名').fill('jiro')
    await page.getByLabel(/^閲覧者/).check()
    await page.getByRole('button', { name: '利用者を追加する' }).click()
    await page.getByRole('heading', { name: '利用者を追加しました' }).waitFor()
    await looks(first)
    const password = await page.getByLabel('初回パスワード', { exact: true }).inputValue()

    const second = await visit({ javaScriptEnabled })
    await logIn(second.page, site.address, 'jiro', password)
    await second.page.locator('#current').fill(password)
    await second.page.locator('#password').fill('じろうのことばをさがす2024')
    await second.page.locator('#passwordAgain').fill('じろうのことばをさがす2024')
    await second.page.getByRole('button', { name: 'パスワードを変更する' }).click()
    await second.page.getByRole('heading', { name: '調査の状況' }).waitFor()
    expect(await second.page.getByRole('link', { name: '利用者', exact: true }).count()).toBe(0)

    // Disabled while at work: the next click is the login.
    await page.getByRole('link', { name: '利用者の一覧へ' }).click()
    await page.getByRole('link', { name: '閲覧 次郎' }).click()
    await page.getByRole('link', { name: '停止する' }).click()
    await page.getByRole('button', { name: 'この利用者を停止する' }).click()
    await page.locator('.banner--success').waitFor()
    await second.page.getByRole('link', { name: '病院台帳', exact: true }).first().click()
    await second.page.getByRole('heading', { name: 'ログイン' }).waitFor()
    await second.context.close()

    await page.getByRole('link', { name: '操作の記録', exact: true }).click()
    const lines = await page.locator('.record__line').allTextContents()
    expect(lines[0]).toContain('管理 花子が、閲覧 次郎（jiro）を停止しました。')
    expect(lines.at(-1)).toContain('管理 花子が、管理 花子（kanri）を最初の管理者として登録しました。')
    await page.getByRole('button', { name: '記録が書き換えられていないことを検証する' }).click()
    expect(await page.locator('.banner--success').textContent()).toContain('書き換えられていません')
    await looks(first)
    expect(first.complaints).toEqual([])

    // What was printed is worth nothing any more.
    const again = await visit({ javaScriptEnabled })
    await again.page.goto(`${site.address}/admin/setup?token=printed-at-the-start`)
    expect(await again.page.locator('h1').textContent()).toBe('ページが見つかりません')
    await again.context.close()
  })
})
