import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOSPITAL_FIELDS } from '../../src/domain/master/hospital.ts'
import { expectAccessible, siteWith, visit } from '../support/browser.ts'
import { addOfficer, PASSWORD } from '../support/officer.ts'
import { logIn } from '../support/steps.ts'

const NOW = '2024-03-19T00:00:00Z'

const site = siteWith({ shared: true, now: NOW, demo: '2024-03-14T05:00:00Z' })
let page: Page
let complaints: string[]
beforeAll(async () => {
  await addOfficer(site, { role: 'admin' })
  const visitor = await visit()
  page = visitor.page
  complaints = visitor.complaints
  await logIn(page, site.address, 'officer', PASSWORD)
})
afterAll(() => page.context().close())

async function sheets(path: string): Promise<number> {
  await page.goto(site.address + path)
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length
}

/** Names as long as real ones get, twice over. */
function lengthenNames(): void {
  const hospitals = site.stores.hospitals.all().map((hospital) => ({
    ...hospital,
    name: `社会医療法人財団架空会　${hospital.name}　附属総合医療センター`,
  }))
  const by = { actor: 'test', at: new Date(NOW), source: 'test' }
  site.stores.hospitals.import({ hospitals, fields: HOSPITAL_FIELDS }, by)
}

test('fifty hospitals fit one A4 sheet with the boxes for the seals, also with long names', async () => {
  await page.goto(`${site.address}/admin/selection/list`)
  expect(await page.locator('.paper__columns tbody tr').count()).toBe(50)
  expect(await sheets('/admin/selection/list')).toBe(1)
  lengthenNames()
  expect(await sheets('/admin/selection/list')).toBe(1)
})

test('what is only for the screen is not on the paper', async () => {
  await page.goto(`${site.address}/admin/selection/list`)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.admin-header').isVisible()).toBe(false)
  expect(await page.getByRole('button', { name: '印刷する' }).isVisible()).toBe(false)
  expect(await page.locator('.approval').isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  expect(await page.getByRole('button', { name: '印刷する' }).isVisible()).toBe(true)
  expect(await page.locator('.approval').isVisible()).toBe(false)
})

test('the pages of a decision are accessible, and no phone scrolls them sideways', async () => {
  const paths = [
    '/admin/selection/list',
    '/admin/selection/reasons',
    '/admin/selection/preflight',
    '/admin/selection/confirm',
    '/admin/settings/ministry',
  ]
  await page.goto(`${site.address}/admin/selection/confirm`)
  await page.getByLabel('確認待ちの回答を残したまま確定する理由').fill('電話で確認したため')
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await page.getByRole('button', { name: '初回選定を確定する' }).click()
  await page.waitForURL(/\/admin\/rounds\/1$/)
  const decline = (await page
    .getByRole('link', { name: /の辞退を記録する/ })
    .first()
    .getAttribute('href'))!
  for (const path of [...paths, '/admin/rounds', '/admin/rounds/1', '/admin/rounds/1/reopen', decline]) {
    await page.goto(site.address + path)
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 800 })
    const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect([path, Math.max(0, tooWide)]).toEqual([path, 0])
    await page.setViewportSize({ width: 1280, height: 900 })
  }
  expect(complaints).toEqual([])
})
