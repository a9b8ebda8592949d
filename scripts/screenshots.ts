import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { fillDemo } from '../src/demo/fill.ts'
import { hashPassword } from '../src/office/password.ts'
import { launchBrowser, startSite } from '../test/support/browser.ts'
import { smallPng } from './small-png.ts'

/**
 * Pictures of the demo's pages at three widths: `npm run screenshots` renews those that the documents show,
 * `npm run screenshots -- FOLDER /survey /admin/selection …` takes the named pages into a folder.
 */
const WIDTHS = [360, 768, 1280]
interface Picture {
  path: string
  name: string
  widths: number[]
  height?: number
  /** What is done on the page before its picture is taken. */
  act?: (page: Page) => Promise<void>
}
const DOCUMENTED: Picture[] = [
  { path: '/', name: 'notice', widths: [360] },
  { path: '/survey', name: 'form', widths: [360] },
  { path: '/admin', name: 'dashboard', widths: [1280] },
  { path: '/admin/selection', name: 'selection', widths: [1280], height: 1500 },
  { path: '/admin/hospitals/4619902044', name: 'hospital', widths: [1280], height: 1100 },
  { path: '/admin/hospitals/import', name: 'import', widths: [1280], act: choose },
  { path: '/admin/invitations', name: 'invitations', widths: [1280] },
  { path: '/admin/submissions', name: 'answers', widths: [1280] },
  { path: '/admin/nonrespondents', name: 'nonrespondents', widths: [1280] },
]

const NOW = '2024-03-14T05:00:00Z'
const [folder, ...paths] = process.argv.slice(2)
const target = resolve(folder ?? 'docs/screenshots')
const wanted = folder
  ? paths.map((path) => ({
      path,
      name: path.replace(/^\//, '').replace(/[^a-z0-9]+/gi, '-') || 'home',
      widths: WIDTHS,
    }))
  : DOCUMENTED

mkdirSync(target, { recursive: true })
const site = await startSite({ now: NOW })
fillDemo(site.stores, new Date(NOW))
const passwordHash = await hashPassword('a password for pictures')
const officer = {
  login: 'tanto',
  name: '指宿 太郎',
  role: 'admin' as const,
  passwordHash,
  mustChangePassword: false,
}
site.stores.staff.add(officer, { actor: 'demo', at: new Date(NOW) })

// Where the machine's own language is another, digits would come from another family than the words about them.
process.env.FC_LANG = 'ja'
const browser = await launchBrowser()
const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
const page = await context.newPage()
await page.goto(`${site.address}/admin/login`)
await page.getByLabel('ログイン名').fill('tanto')
await page.getByLabel('パスワード').fill('a password for pictures')
await page.getByRole('button', { name: 'ログインする' }).click()
for (const { path, name, widths, height = 900, act } of wanted as Picture[]) {
  for (const width of widths) {
    await page.setViewportSize({ width, height })
    await page.goto(site.address + path)
    await act?.(page)
    const picture = await page.screenshot({
      fullPage: folder !== undefined,
      animations: 'disabled',
      caret: 'hide',
    })
    writeFileSync(resolve(target, `${name}-${width}.png`), smallPng(picture))
  }
  if (folder) await page.pdf({ path: resolve(target, `${name}.pdf`), format: 'A4' })
}
await browser.close()
await site.close()

/**
 * A sheet of the demo's hospitals with another telephone, other beds and two hospitals less: before it is chosen, the page shows
 * the browser's own words, which here are not Japanese.
 */
async function choose(page: Page): Promise<void> {
  const sheet = await page.request.get(`${site.address}/admin/hospitals.csv`)
  const rows = (await sheet.text()).split('\r\n')
  const changed = rows.filter((_, index) => index !== 7 && index !== 9)
  changed[1] = changed[1]!.replace('099-000-0001', '099-000-1001')
  changed[2] = changed[2]!.replace(',55,33,', ',60,38,')
  const file = {
    name: '病院台帳（12月）.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(changed.join('\r\n')),
  }
  await page.locator('input[type=file]').first().setInputFiles(file)
  await page.getByRole('button', { name: '内容を確認する' }).click()
  await page.getByRole('heading', { name: '取込みの確認' }).waitFor()
}
