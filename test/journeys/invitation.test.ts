import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, type Visitor, visit } from '../support/browser.ts'
import { BROWSER } from '../support/invitations.ts'
import { officeWith } from '../support/office.ts'
import { PASSWORD } from '../support/officer.ts'
import { logIn } from '../support/steps.ts'
import { E, WORKBENCH } from '../support/workbench.ts'

const office = officeWith({ ...WORKBENCH, shared: true })
office.officer()

let officer: Visitor
let hospital: Visitor
beforeAll(async () => {
  await office.app.listen({ host: '127.0.0.1', port: 0 })
  officer = await visit()
  hospital = await visit({ width: 360 })
  // A browser without a window says so, and is no reader.
  await hospital.context.setExtraHTTPHeaders({ 'user-agent': BROWSER['user-agent'] })
})
afterAll(async () => {
  await Promise.all([officer.context.close(), hospital.context.close()])
})

test('a link goes out on paper, is followed, answered, and the officer sees how far it is', async () => {
  const { page } = officer
  await logIn(page, office.address, 'officer', PASSWORD)

  // 発行
  await page.getByRole('link', { name: '調査依頼', exact: true }).click()
  await page.getByLabel('選択：戊病院').check()
  await page.getByRole('button', { name: 'リンクの発行へ進む' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: '1病院に発行する' }).click()
  await page.getByText('1病院に回答用リンクを発行しました').waitFor()
  await expectAccessible(page)
  const row = page.getByRole('row', { name: '戊病院' })
  expect(await row.innerText()).toContain('未着手')

  // 依頼状
  await page.getByLabel('選択：戊病院').check()
  await page.getByRole('button', { name: '依頼状を印刷する' }).click()
  await page.getByRole('img', { name: 'QRコード' }).waitFor()
  await expectAccessible(page)
  const printed = (await page.locator('.letter__address').innerText()).trim()
  const link = office.address + new URL(printed).pathname

  // 閲覧 → 入力 → 確認 → 完了
  const clerk = hospital.page
  await clerk.goto(link)
  expect(await clerk.locator('.fixed-hospital').innerText()).toContain('戊病院')
  await expectAccessible(clerk)
  await page.goto(`${office.address}/admin/invitations`)
  expect(await row.innerText()).toContain('閲覧済み')
  await clerk.getByLabel('担当者名').fill('試験 花子')
  await clerk.getByLabel('電話番号').fill('099-000-0000')
  await clerk.getByLabel('メールアドレス').fill('hanako@hospital.example.jp')
  await clerk.locator('input[name="emr"][value="full"]').check()
  await clerk.locator('input[name="intent"][value="both"]').check()
  await clerk.locator('input[name="gmisConsent"][value="yes"]').check()
  await clerk.getByRole('button', { name: '確認画面へ進む' }).click()
  await clerk.getByRole('heading', { name: '回答内容の確認' }).waitFor()
  await clerk.getByRole('button', { name: 'この内容で回答する' }).click()
  await clerk.waitForURL(/\/receipts\/R-\d{4}\/[0-9A-Z-]+$/)
  expect(await clerk.evaluate('document.documentElement.scrollWidth')).toBe(360)

  // 回答済み・照合済
  await page.goto(`${office.address}/admin/invitations`)
  expect(await row.innerText()).toMatch(/回答済み[\s\S]*R-0006[\s\S]*照合済/)
  await page.goto(`${office.address}/admin/nonrespondents`)
  await page.getByText('該当する病院はありません').waitFor()
  expect(office.stores.submissions.currentOf(E)?.isMatched).toBe(true)
  expect([officer.complaints, hospital.complaints]).toEqual([[], []])
})
