import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { siteWith, visit } from '../support/browser.ts'
import { confirm, SELECTION } from '../support/decisions.ts'
import { fillForm, send } from '../support/steps.ts'
import { cookieOf } from '../support/whole-office.ts'

/**
 * What a screen reader reads out, in its order: headings, names, states. Kept as texts that were read through as if
 * heard; a change to them is to be read again before it is kept (`vitest -u`).
 */
const heard = (page: Page) => page.locator('body').ariaSnapshot()
const golden = (name: string) => resolve(import.meta.dirname, `heard/${name}.yaml`)
/** What differs from run to run. */
const constant = (text: string) => text.replace(/[0-9A-Z]{4}-[0-9A-Z]{4}(?=$|["/\s])/gm, 'ABCD-2345')

describe('a hospital hears', () => {
  const site = siteWith({ now: '2024-03-11T01:00:00Z', hospitals: [{}] })
  let page: Page
  beforeEach(async () => {
    page = (await visit()).page
  })
  afterEach(() => page.context().close())

  test('the form, what is wrong in it, what it is asked to confirm, and its receipt', async () => {
    await page.goto(`${site.address}/survey`)
    await expect(await heard(page)).toMatchFileSnapshot(golden('form'))
    await page.getByRole('button', { name: '確認画面へ進む' }).click()
    await page.getByRole('heading', { name: /入力内容を確認してください/ }).waitFor()
    await expect(await heard(page)).toMatchFileSnapshot(golden('form-with-errors'))
    await fillForm(page, site.address, {
      hospital: '試験病院',
      emr: '導入済み（病院全体）',
      intent: '両方の支援を希望する',
      gmisConsent: '活用してよい',
    })
    await expect(await heard(page)).toMatchFileSnapshot(golden('confirm'))
    await send(page)
    await expect(constant(await heard(page))).toMatchFileSnapshot(golden('receipt'))
  })
})

describe('an officer hears', () => {
  const site = siteWith({ now: '2024-03-19T00:00:00Z', ...SELECTION })
  const officer = site.officer({ role: 'admin' })
  let page: Page
  beforeEach(async () => {
    page = (await visit()).page
    const cookies = cookieOf(officer).split('; ')
    await page.context().addCookies(
      cookies.map((cookie) => {
        const [name, value] = cookie.split('=') as [string, string]
        return { name, value, url: site.address }
      }),
    )
  })
  afterEach(() => page.context().close())

  test.each([
    ['selection', '/admin/selection'],
    ['before-confirming', '/admin/selection/confirm'],
  ])('%s', async (name, path) => {
    await page.goto(site.address + path)
    await expect(await heard(page)).toMatchFileSnapshot(golden(name))
  })

  test('a confirmed round', async () => {
    const path = await confirm(officer)
    await page.goto(site.address + path)
    await expect(await heard(page)).toMatchFileSnapshot(golden('round'))
  })
})
