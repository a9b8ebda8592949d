import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fillDemo } from '../src/demo/fill.ts'
import { hashPassword } from '../src/office/password.ts'
import { launchBrowser, startSite } from '../test/support/browser.ts'
import { smallPng } from './small-png.ts'

/**
 * Pictures of the demo's pages at three widths: `npm run screenshots` renews those that the documents show,
 * `npm run screenshots -- FOLDER /survey /admin/selection …` takes the named pages into a folder.
 */
const WIDTHS = [360, 768, 1280]
const DOCUMENTED: { path: string; name: string; widths: number[]; height?: number }[] = [
  { path: '/', name: 'notice', widths: [360] },
  { path: '/survey', name: 'form', widths: [360] },
  { path: '/admin', name: 'dashboard', widths: [1280] },
  { path: '/admin/selection', name: 'selection', widths: [1280], height: 1500 },
  { path: '/admin/hospitals/4619902044', name: 'hospital', widths: [1280], height: 1100 },
  { path: '/admin/hospitals/import', name: 'import', widths: [1280] },
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

const browser = await launchBrowser()
const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
const page = await context.newPage()
await page.goto(`${site.address}/admin/login`)
await page.getByLabel('ログイン名').fill('tanto')
await page.getByLabel('パスワード').fill('a password for pictures')
await page.getByRole('button', { name: 'ログインする' }).click()
for (const { path, name, widths, height = 900 } of wanted as typeof DOCUMENTED) {
  for (const width of widths) {
    await page.setViewportSize({ width, height })
    await page.goto(site.address + path)
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
