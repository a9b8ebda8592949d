import { describe, expect, test } from 'vitest'
import { expectAccessible, siteWith, visit } from '../support/browser.ts'
import { addOfficer, PASSWORD } from '../support/officer.ts'
import { logIn } from '../support/steps.ts'

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a late answer, %s', (_name, javaScriptEnabled) => {
  const site = siteWith({
    now: '2024-03-20T01:00:00Z',
    hospitals: [{}, { key: '4619900029', name: '第二試験病院' }],
  })

  test('an officer makes the link, the hospital answers through it once, the officer sees it', async () => {
    await addOfficer(site)
    const office = await visit({ javaScriptEnabled })
    const hospital = await visit({ javaScriptEnabled })

    await logIn(office.page, site.address, 'officer', PASSWORD)
    await office.page.getByRole('link', { name: '期限後受付' }).click()
    await office.page.locator('#hospitalCode').selectOption('4619900029')
    await office.page.locator('#lastDay').fill('R6.3.25')
    const calendar = office.page.getByLabel('受付の最終日をカレンダーから選ぶ')
    expect(await calendar.isVisible()).toBe(javaScriptEnabled)
    if (javaScriptEnabled) {
      await calendar.fill('2024-03-25')
      expect(await office.page.locator('#lastDay').inputValue()).toBe('令和6年3月25日')
    }
    await office.page.getByRole('button', { name: '回答用リンクを発行する' }).click()
    expect(await office.page.title()).toContain('エラー')
    await office.page.getByLabel('理由').fill('災害対応のため、期限に間に合わなかった')
    await office.page.getByRole('button', { name: '回答用リンクを発行する' }).click()
    await office.page.getByRole('heading', { name: '回答用リンクを発行しました' }).waitFor()
    const { pathname } = new URL(await office.page.getByLabel('リンク', { exact: true }).inputValue())
    if (javaScriptEnabled) await expectAccessible(office.page)

    const clerk = hospital.page
    await clerk.goto(`${site.address}/survey`)
    expect(await clerk.locator('h1').textContent()).toBe('回答の受付は終了しました')
    await clerk.goto(site.address + pathname)
    expect(await clerk.locator('main').textContent()).toContain('令和6年3月25日（月）24時まで受け付けます')
    await clerk.getByLabel('担当者名').fill('試験 花子')
    await clerk.getByLabel('電話番号').fill('099-000-0000')
    await clerk.getByLabel('メールアドレス').fill('hanako@hospital.example.jp')
    await clerk.getByLabel('導入済み（病院全体）', { exact: true }).check()
    await clerk.getByLabel('両方の支援を希望する', { exact: true }).check()
    await clerk.getByLabel('活用してよい', { exact: true }).check()
    await clerk.getByRole('button', { name: '確認画面へ進む' }).click()
    await clerk.getByRole('button', { name: /変更.*備考/ }).click()
    await clerk.getByLabel('備考').fill('追記')
    await clerk.getByRole('button', { name: '確認画面へ進む' }).click()
    await clerk.getByRole('button', { name: 'この内容で回答する' }).dblclick()
    await clerk.waitForURL(/\/receipts\/R-0001\//)
    expect(site.stores.submissions.all()).toMatchObject([
      { hospitalCode: '4619900029', state: 'current', answers: { remarks: '追記' } },
    ])

    await clerk.goto(site.address + pathname)
    expect(await clerk.locator('h1').textContent()).toBe('このリンクからの回答は、受付済みです')
    await office.page.getByRole('link', { name: '期限後受付の一覧へ' }).click()
    await office.page.getByRole('link', { name: 'R-0001' }).click()
    expect(await office.page.locator('main').textContent()).toContain('期限後受付のリンクからの回答')
    for (const { context, complaints } of [office, hospital]) {
      expect(complaints).toEqual([])
      await context.close()
    }
  })
})
