import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What a clerk types; labels are the form's own. */
export interface ClerkAnswer {
  hospital: string
  emr: string
  emrPlannedMonth?: string
  intent: string
  gmisConsent: string
  contactName?: string
  remarks?: string
}

/** 入力 → 確認, as a clerk does it. */
export async function fillForm(page: Page, address: string, answer: ClerkAnswer): Promise<void> {
  await page.goto(`${address}/survey`)
  const option = page.locator('#hospitalCode option', { hasText: answer.hospital })
  await page.locator('#hospitalCode').selectOption((await option.getAttribute('value'))!)
  await page.getByLabel('担当者名').fill(answer.contactName ?? '試験 花子')
  await page.getByLabel('電話番号').fill('０９９（０００）００００')
  await page.getByLabel('メールアドレス').fill('hanako＠hospital.example.jp')
  await page.getByLabel(answer.emr, { exact: true }).check()
  if (answer.emrPlannedMonth) await page.locator('#emrPlannedMonth').fill(answer.emrPlannedMonth)
  await page.getByLabel(answer.intent, { exact: true }).check()
  await page.getByLabel(answer.gmisConsent, { exact: true }).check()
  await page.getByLabel('備考').fill(answer.remarks ?? '')
  await page.getByRole('button', { name: '確認画面へ進む' }).click()
  await page.getByRole('heading', { name: '回答内容の確認' }).waitFor()
}

/** 確認 → 完了. @returns the receipt's address */
export async function send(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'この内容で回答する' }).click()
  await page.waitForURL(/\/receipts\/R-\d{4}\/[0-9A-Z-]+$/)
  expect(await page.locator('h1').textContent()).toContain('受け付けました')
  return page.url()
}

export async function logIn(page: Page, address: string, login: string, password: string): Promise<void> {
  await page.goto(`${address}/admin`)
  await page.getByLabel('ログイン名').fill(login)
  await page.getByLabel('パスワード').fill(password)
  await page.getByRole('button', { name: 'ログインする' }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}
