import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, type Visitor, visit } from '../support/browser.ts'
import { SELECTION } from '../support/decisions.ts'
import { officeWith } from '../support/office.ts'
import { PASSWORD } from '../support/officer.ts'
import { expectNoSidewaysScroll } from '../support/readable.ts'
import { BEFORE_OPENING, OPENING, rowsButForRehearsals } from '../support/rehearsal.ts'
import { type ClerkAnswer, fillForm, logIn, send } from '../support/steps.ts'

const ANSWER: ClerkAnswer = {
  ...{ hospital: '甲病院', emr: '導入済み（病院全体）' },
  ...{ intent: '両方の支援を希望する', gmisConsent: '活用してよい' },
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('from the start of a rehearsal to its end, %s', (_name, javaScriptEnabled) => {
  const office = officeWith({ ...SELECTION, answers: [], now: BEFORE_OPENING, shared: true })
  office.officer()

  let officer: Visitor
  let hospital: Visitor
  let page: Page
  /** 確認 of another answer, in a tab of its own, which nobody has sent yet. */
  let leftOpen: Page
  beforeAll(async () => {
    await office.app.listen({ host: '127.0.0.1', port: 0 })
    officer = await visit({ javaScriptEnabled })
    hospital = await visit({ javaScriptEnabled })
    page = officer.page
  })
  afterAll(() => Promise.all([officer.context.close(), hospital.context.close()]))

  test('is started and entered from the first page', async () => {
    await logIn(page, office.address, 'officer', PASSWORD)
    await page.getByRole('link', { name: '試験をしてみる' }).click()
    await page.getByRole('button', { name: '試験を始める' }).click()
    await page.getByText('試験を始めました').waitFor()
    if (javaScriptEnabled) await expectAccessible(page)
    await page.getByRole('button', { name: '試験に入る（担当者のページ）' }).click()
    await page.getByRole('complementary', { name: '調査の試験' }).waitFor()
    expect(await page.title()).toMatch(/^（試験）調査の状況/)
  })

  test('a hospital’s answer gets a receipt that says what it is, while hospitals see the survey', async () => {
    await fillForm(page, office.address, ANSWER)
    const receipt = await send(page)
    expect(await page.title()).toMatch(/^（試験）/)
    expect(await page.getByRole('complementary', { name: '調査の試験' }).innerText()).toContain('試験')
    if (javaScriptEnabled) {
      await expectAccessible(page)
      await page.setViewportSize({ width: 320, height: 800 })
      await expectNoSidewaysScroll(page)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.rehearsal-stamp').isVisible()).toBe(true)
      await page.emulateMedia({ media: null })
      await page.setViewportSize({ width: 1280, height: 900 })
    }
    expect((await hospital.page.goto(receipt))!.status()).toBe(404)
    await hospital.page.goto(`${office.address}/survey`)
    expect(await hospital.page.locator('body').innerText()).not.toContain('試験')
    expect(await hospital.context.cookies()).toEqual([])
    leftOpen = await officer.context.newPage()
    await fillForm(leftOpen, office.address, { ...ANSWER, hospital: '乙病院' })
  })

  test('the officers’ list shows it; it is closed, selected and confirmed as a trial', async () => {
    await page.goto(`${office.address}/admin/submissions`)
    expect(await page.locator('main').innerText()).toContain('甲病院')
    await page.getByRole('link', { name: '試験の進め方' }).click()
    if (javaScriptEnabled) await expectAccessible(page)
    await page.getByRole('button', { name: '試験の受付を締め切る' }).click()
    await page.getByText('試験の受付を締め切りました').waitFor()
    await page.goto(`${office.address}/admin/selection`)
    await page.getByRole('link', { name: '確定前の確認へ' }).click()
    await page.getByLabel('枠を残す理由').fill('希望する病院が枠より少なかったため')
    const noticed = page.getByLabel('「注意」の項目を確認しました。')
    if ((await noticed.count()) > 0) await noticed.check()
    await page.getByRole('button', { name: '初回選定を確定する' }).click()
    await page.waitForURL(/\/admin\/rounds\/1$/)
    expect(await page.title()).toMatch(/^（試験）/)
  })

  test('it may be left and entered again', async () => {
    await page.getByRole('button', { name: '試験を抜ける' }).click()
    await page.waitForURL(/\/admin\/rehearsal$/)
    expect(await page.title()).not.toContain('（試験）')
    await page.getByRole('button', { name: '試験に入る（病院のページ）' }).click()
    await page.waitForURL(`${office.address}/`)
    expect(await page.title()).toMatch(/^（試験）/)
  })

  test('what is sent from a page that was left open is told not to be stored', async () => {
    await page.goto(`${office.address}/admin/rehearsal`)
    await page.getByRole('button', { name: '試験を終わり、内容を消す' }).click()
    await page.getByText('すべて消えています').waitFor()
    await leftOpen.getByRole('button', { name: 'この内容で回答する' }).click()
    await leftOpen
      .getByRole('heading', { name: '試験のページから送信された内容は、保存していません' })
      .waitFor()
    if (javaScriptEnabled) await expectAccessible(leftOpen)
  })

  test('and all of it is gone: the survey’s own pages count nothing', async () => {
    await page.goto(`${office.address}/admin`)
    expect(await page.title()).not.toContain('（試験）')
    expect(await page.locator('.figure__value').first().innerText()).toMatch(/^0 ／ 6病院/)
    await page.goto(`${office.address}/admin/rounds`)
    expect(await page.locator('main').innerText()).not.toContain('初回選定（第1版）')
    expect(office.stores.submissions.all()).toEqual([])
    expect(rowsButForRehearsals(office.database).editions).toEqual([])
    office.setNow(OPENING)
    // An hour later nobody is logged in any more.
    await logIn(page, office.address, 'officer', PASSWORD)
    await page.goto(`${office.address}/admin/rehearsal`)
    expect(await page.locator('main').innerText()).toContain('試験はできません')
    expect([...officer.complaints, ...hospital.complaints]).toEqual([])
  })
})
