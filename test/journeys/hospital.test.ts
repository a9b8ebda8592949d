import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { siteWith, visit } from '../support/browser.ts'
import { aFurther, askFurther } from '../support/further.ts'
import { type ClerkAnswer, fillForm, send } from '../support/steps.ts'
import { addHospitals } from '../support/submissions.ts'

const OPEN = '2024-03-11T01:00:00Z'
const LAST_SECOND = '2024-03-18T14:59:59Z'
const CLOSED = '2024-03-18T15:00:00Z'

const ANSWER: ClerkAnswer = {
  hospital: '試験病院',
  emr: '導入済み（病院全体）',
  intent: '両方の支援を希望する',
  gmisConsent: '活用してよい',
}

const site = siteWith({ now: OPEN, hospitals: [{}] })

const stored = () => site.stores.submissions.all()
const states = () => stored().map(({ state }) => state)

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a hospital %s', (_name, javaScriptEnabled) => {
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

  test('answers, corrects twice, withdraws, and answers again', async () => {
    await fillForm(page, site.address, ANSWER)
    const receipt = await send(page)

    for (const [name, version] of [
      ['訂正 一郎', 2],
      ['訂正 次郎', 3],
    ] as const) {
      await page.goto(receipt)
      await page.getByRole('link', { name: '回答を訂正' }).first().click()
      await page.getByLabel('担当者名').fill(name)
      await page.getByRole('button', { name: '確認画面へ進む' }).click()
      expect(await page.locator('.summary-list__row--changed').allTextContents()).toEqual([
        expect.stringContaining(name),
      ])
      await page.getByRole('button', { name: 'この内容に訂正する' }).click()
      await page.waitForURL(receipt)
      expect(stored()).toMatchObject([{ version, state: 'current', answers: { contactName: name } }])
    }
    const history = (await page.locator('main').textContent())!
    expect(history).toContain('試験 花子')
    expect(history).toContain('訂正 一郎')

    await page.getByRole('link', { name: '取り下げ' }).first().click()
    await page.getByRole('button', { name: 'この回答を取り下げる' }).click()
    await page.waitForURL(receipt)
    expect(await page.locator('h1').textContent()).toContain('取り下げられています')

    await fillForm(page, site.address, ANSWER)
    expect(await send(page)).not.toBe(receipt)
    expect(states()).toEqual(['withdrawn', 'current'])
  })

  test('finds the receipt again by number and code, however they are typed', async () => {
    await fillForm(page, site.address, ANSWER)
    const receipt = await send(page)
    const [number, code] = receipt.split('/').slice(-2) as [string, string]
    await page.goto(`${site.address}/receipts`)
    await page.getByLabel('受付番号').fill(number.toLowerCase())
    await page.getByLabel('確認コード').fill(code.replace('-', '').toLowerCase())
    await page.getByRole('button', { name: '受付票を開く' }).click()
    await page.waitForURL(receipt)
    await page.goto(`${site.address}/receipts`)
    await page.getByLabel('受付番号').fill(number)
    await page.getByLabel('確認コード').fill('2222-2222')
    await page.getByRole('button', { name: '受付票を開く' }).click()
    expect(await page.title()).toContain('エラー')
  })

  test('answers for a hospital that has answered: nothing is overwritten, nothing lost', async () => {
    await fillForm(page, site.address, ANSWER)
    await send(page)
    await fillForm(page, site.address, { ...ANSWER, contactName: '別の 担当' })
    await send(page)
    expect(await page.locator('main').textContent()).toContain('別の回答も届いています')
    expect(states()).toEqual(['current', 'duplicate'])
  })

  test('clicks twice: one answer', async () => {
    await fillForm(page, site.address, ANSWER)
    await page.getByRole('button', { name: 'この内容で回答する' }).dblclick()
    await page.waitForURL(/\/receipts\/R-0001\//)
    expect(states()).toEqual(['current'])
  })

  test('goes back after sending and sends again: the same receipt, corrected where changed', async () => {
    await fillForm(page, site.address, ANSWER)
    const receipt = await send(page)
    await page.goBack()
    expect(await send(page)).toBe(receipt)
    expect(stored()).toMatchObject([{ version: 1 }])
    await page.goBack()
    await page.getByRole('button', { name: '入力画面に戻る' }).click()
    await page.getByLabel('担当者名').fill('戻った 花子')
    await page.getByRole('button', { name: '確認画面へ進む' }).click()
    await page.getByRole('button', { name: 'この内容で回答する' }).click()
    await page.waitForURL(receipt)
    expect(stored()).toMatchObject([{ version: 2, answers: { contactName: '戻った 花子' } }])
  })

  test('goes back from 確認: all that was typed is there, of a page that was refused before too', async () => {
    askFurther(site.stores, [
      aFurther({ required: true }),
      aFurther({ id: 'kinds', kind: 'text', label: '外部接続点の種類' }),
    ])
    const typed = ['#department', '[name="q.links"]', '[name="q.kinds"]', '#contactName']
    const values = () => Promise.all(typed.map((field) => page.inputValue(field)))
    const onwards = () => page.getByRole('button', { name: '確認画面へ進む' }).click()
    const confirmed = () => page.getByRole('heading', { name: '回答内容の確認' }).waitFor()
    await page.goto(`${site.address}/survey`)
    await page.locator('#hospitalCode').selectOption('4619900011')
    for (const field of typed) await page.locator(field).fill('12')
    await page.getByLabel('電話番号').fill('0990000000')
    await page.getByLabel('メールアドレス').fill('hanako@hospital.example.jp')
    for (const name of ['emr', 'intent', 'gmisConsent']) await page.locator(`[name=${name}]`).first().check()
    await onwards()
    await confirmed()
    await page.goBack()
    await page.getByRole('heading', { name: '回答の入力' }).waitFor()
    expect(await values()).toEqual(['12', '12', '12', '12'])

    await page.locator('[name="q.links"]').fill('多数')
    await onwards()
    await page.getByText('入力内容を確認してください').waitFor()
    for (const field of typed) await page.locator(field).fill('34')
    await onwards()
    await confirmed()
    await page.goBack()
    await page.getByText('入力内容を確認してください').waitFor()
    expect(await values()).toEqual(['34', '34', '34', '34'])
  })

  test('works in two tabs on two hospitals: neither answer touches the other', async () => {
    addHospitals(site.stores, { key: '4619900029', name: '架空病院' })
    const other = await page.context().newPage()
    await fillForm(page, site.address, ANSWER)
    await fillForm(other, site.address, { ...ANSWER, hospital: '架空病院', contactName: '架空 太郎' })
    await send(page)
    await send(other)
    expect(stored().map(({ hospitalCode, answers }) => [hospitalCode, answers.contactName])).toEqual([
      ['4619900011', '試験 花子'],
      ['4619900029', '架空 太郎'],
    ])
  })

  test('sends in the last second, and is too late a second after: what was typed is still there', async () => {
    addHospitals(site.stores, { key: '4619900029', name: '架空病院' })
    await fillForm(page, site.address, ANSWER)
    site.setNow(LAST_SECOND)
    await send(page)
    await fillForm(page, site.address, { ...ANSWER, hospital: '架空病院', remarks: '締切間際の\n備考です' })
    site.setNow(CLOSED)
    const [reply] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: 'この内容で回答する' }).click(),
    ])
    expect(reply.status()).toBe(403)
    const kept = (await page.locator('main').textContent())!
    for (const text of ['架空病院', '試験 花子', '締切間際の', '備考です']) expect(kept).toContain(text)
    expect(stored()).toHaveLength(1)
  })
})
