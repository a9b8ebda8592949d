import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verdictOf } from '../../src/domain/selection/archive/verdict.ts'
import { goldenArchives, tamperedArchives } from '../support/archives.ts'
import { expectAccessible, startSite, type Visitor, visit } from '../support/browser.ts'
import { AFTER_DEADLINE, confirm, fillSelection } from '../support/decisions.ts'
import { PASSWORD, signedIn } from '../support/officer.ts'
import { expectNoSidewaysScroll } from '../support/readable.ts'
import { logIn } from '../support/steps.ts'
import { type OfflineCheck, openVerifyPage } from '../support/verify-page.ts'

/** A confirmed round's archive and the page that checks it, taken away from the officers' side and opened with no network at all. */
let folder: string
let page: string
let archive: Buffer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-verify-'))
  const site = await startSite({ now: AFTER_DEADLINE })
  fillSelection(site)
  const browser = await signedIn(site)
  await confirm(browser)
  archive = (await browser.get('/admin/rounds/1/archive.json')).rawPayload
  const officer = await visit()
  await logIn(officer.page, site.address, 'officer', PASSWORD)
  await officer.page.goto(`${site.address}/admin/rounds/1`)
  await officer.page.getByText('検証用のファイルと、改ざんがないことの確認').click()
  const [download] = await Promise.all([
    officer.page.waitForEvent('download'),
    officer.page.getByRole('link', { name: '検証用のページ' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('確定した選定の検証.html')
  page = join(folder, download.suggestedFilename())
  await download.saveAs(page)
  await officer.context.close()
  await site.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

let visitor: Visitor
let asked: string[]
let check: OfflineCheck['check']
beforeEach(async () => {
  ;({ visitor, asked, check } = await openVerifyPage(page))
})
afterEach(async () => {
  // Nothing but the page itself was asked for, and its policy had nothing to refuse.
  expect(asked).toEqual([visitor.page.url()])
  expect(visitor.complaints).toEqual([])
  await visitor.context.close()
})

describe('from a file, with no network', () => {
  test('a round that was confirmed: 一致, who decided, the seats, and the hash to compare', async () => {
    const verdict = verdictOf(archive)
    expect(verdict.kind).toBe('match')
    expect(await check('保存用一式.json', archive)).toBe(verdict.kind === 'match' && verdict.text)
    const text = await visitor.page.locator('#outcome').innerText()
    for (const part of ['一致', '初回選定', '鹿児島県', '支援枠', '過不足', 'ministry.csv', '確認したこと'])
      expect(text).toContain(part)
    expect(await visitor.page.evaluate('document.activeElement.id')).toBe('outcome')
  })

  test('the same as the command says, of every archive that is kept and of every changed one', async () => {
    for (const [index, { name, bytes }] of [...goldenArchives(), ...tamperedArchives()].entries()) {
      const verdict = verdictOf(bytes)
      const said = await check(`${index}.json`, bytes)
      if (verdict.kind === 'other')
        expect([name, said]).toEqual([name, expect.stringContaining('保存用一式ではありません')])
      else expect([name, said]).toEqual([name, verdict.text])
    }
  })

  test('a file that was changed meanwhile is checked anew where it is chosen again, under the same name', async () => {
    const path = join(folder, 'again.json')
    const choose = async (bytes: Buffer | string) => {
      writeFileSync(path, bytes)
      const [chooser] = await Promise.all([
        visitor.page.waitForEvent('filechooser'),
        visitor.page.locator('#file').click(),
      ])
      await chooser.setFiles(path)
    }
    await choose(archive)
    await visitor.page.locator('#outcome[data-kind="match"]').waitFor()
    await choose(archive.toString('utf8').replace('"beds":90', '"beds":91'))
    await visitor.page.locator('#outcome[data-kind="mismatch"]').waitFor({ timeout: 5_000 })
  })

  test('a file that is dropped', async () => {
    const handed = await visitor.page.evaluateHandle(
      `(() => { const handed = new DataTransfer(); handed.items.add(new File([${JSON.stringify(archive.toString('utf8'))}], 'dropped.json')); return handed })()`,
    )
    await visitor.page.dispatchEvent('#drop', 'drop', { dataTransfer: handed })
    await visitor.page.locator('#outcome[data-kind="match"]').waitFor()
  })

  test.each([360, 768, 1280])('is readable at %d px and accessible, before and after', async (width) => {
    await visitor.page.setViewportSize({ width, height: 900 })
    await expectAccessible(visitor.page)
    await check('保存用一式.json', archive)
    await expectAccessible(visitor.page)
    await expectNoSidewaysScroll(visitor.page)
    await check('changed.json', Buffer.from(archive.toString('utf8').replace('"beds":90', '"beds":91')))
    await expectAccessible(visitor.page)
    await expectNoSidewaysScroll(visitor.page)
  })

  test('on paper there is the verdict, not the field', async () => {
    await check('保存用一式.json', archive)
    await visitor.page.emulateMedia({ media: 'print' })
    expect(await visitor.page.locator('#drop').isVisible()).toBe(false)
    expect(await visitor.page.locator('#print').isVisible()).toBe(false)
    expect(await visitor.page.locator('.fingerprint').isVisible()).toBe(true)
  })
})
