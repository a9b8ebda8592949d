import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectAccessible, siteWith, visit } from '../support/browser.ts'
import { type ClerkAnswer, fillForm, send } from '../support/steps.ts'

const ANSWER: ClerkAnswer = {
  hospital: '試験病院',
  emr: '導入済み（病院全体）',
  intent: '両方の支援を希望する',
  gmisConsent: '活用してよい',
  remarks: '一行目\n二行目',
}

const site = siteWith({ hospitals: [{}] })

const stored = () => site.stores.submissions.all()

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('before sending, %s', (_name, javaScriptEnabled) => {
  let page: Page
  let complaints: string[]
  beforeEach(async () => {
    const visitor = await visit({ javaScriptEnabled })
    page = visitor.page
    complaints = visitor.complaints
  })
  afterEach(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
  })

  test('the director goes on with the clerk’s answer on another machine; both together send one', async () => {
    await fillForm(page, site.address, ANSWER)
    const link = await linkOf(page)
    const other = await visit({ javaScriptEnabled })
    await other.page.goto(link)
    expect(await other.page.locator('main').textContent()).toContain('入力した内容の続きから始められます')
    expect(await other.page.getByLabel('備考').inputValue()).toBe('一行目\n二行目')
    await other.page.getByLabel('担当者名').fill('院長 太郎')
    await other.page.getByRole('button', { name: '確認画面へ進む' }).click()
    const receipt = await send(other.page)
    expect(other.complaints).toEqual([])
    await other.context.close()

    await page.getByRole('button', { name: '確認画面へ進む' }).click()
    expect(await send(page)).toBe(receipt)
    expect(stored()).toMatchObject([{ version: 2, answers: { contactName: '試験 花子' } }])
    await page.goto(link)
    expect(await page.locator('main').textContent()).toContain('既に送信されています')
  })

  test('an unfinished form goes on elsewhere too', async () => {
    await page.goto(`${site.address}/survey`)
    await page.getByLabel('担当者名').fill('途中 花子')
    const link = await linkOf(page)
    await page.goto(link)
    expect(await page.getByLabel('担当者名').inputValue()).toBe('途中 花子')
    expect(stored()).toEqual([])
  })

  test('the answer is printed for the seals, goes back to 確認 and is sent', async () => {
    await fillForm(page, site.address, ANSWER)
    await page.getByRole('button', { name: '院内決裁用に印刷する' }).click()
    expect(await page.locator('.sheet').textContent()).toContain('未送信')
    await page.waitForLoadState()
    expect(await page.getByRole('button', { name: 'この用紙を印刷する' }).isVisible()).toBe(javaScriptEnabled)
    await page.getByRole('button', { name: '確認画面に戻る' }).click()
    await send(page)
    expect(stored()).toMatchObject([{ answers: { remarks: '一行目\n二行目' } }])
  })

  test('what is wrong in the master is said from 確認', async () => {
    await fillForm(page, site.address, ANSWER)
    expect(await page.locator('.facts').textContent()).toContain('許可病床数：120床')
    await page.getByRole('button', { name: '誤りを県に知らせる' }).click()
    const note = page.getByLabel('病院の登録内容の訂正')
    expect(await note.isVisible()).toBe(true)
    await note.fill('許可病床数は、正しくは118床です。')
    await page.getByRole('button', { name: '確認画面へ進む' }).click()
    await send(page)
    expect(stored()).toMatchObject([{ answers: { masterCorrection: '許可病床数は、正しくは118床です。' } }])
  })
})

test('every page of it is accessible, on a narrow phone too', async () => {
  const { page, context, complaints } = await visit({ width: 320 })
  const check = async () => {
    await expectAccessible(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
  }
  await fillForm(page, site.address, ANSWER)
  await check()
  await page.getByRole('button', { name: '院内決裁用に印刷する' }).click()
  await check()
  const link = await linkOf(page)
  await check()
  await page.goto(link)
  await check()
  await page.goto(`${site.address}/survey/resume?d=broken`)
  await check()
  site.setNow('2024-03-18T15:00:00Z')
  site.stores.settings.change({ closesAt: '2024-03-25' }, { actor: 'test', at: new Date('2024-03-18') })
  await page.goto(link)
  expect(await page.locator('h1').textContent()).toBe('このリンクは使えなくなりました')
  await check()
  await context.close()
  expect(complaints).toEqual([])
})

/** What the page offers to another machine, as it would be opened there. */
async function linkOf(from: Page): Promise<string> {
  await from.getByRole('button', { name: '入力を中断し、後で続ける' }).click()
  const { pathname, search } = new URL(
    await from.getByLabel('入力した内容の続きから始めるリンク').inputValue(),
  )
  return site.address + pathname + search
}
