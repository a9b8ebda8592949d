import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { expectAccessible, siteWith, visit } from '../support/browser.ts'
import { AFTER_DEADLINE, HEI, KO, OTSU, SELECTION, TEI } from '../support/decisions.ts'
import { addOfficer, PASSWORD } from '../support/officer.ts'
import { expectNoSidewaysScroll } from '../support/readable.ts'
import { logIn } from '../support/steps.ts'
import { readXlsx } from '../support/xlsx.ts'

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('after the decision, %s', (_name, javaScriptEnabled) => {
  const site = siteWith({ now: AFTER_DEADLINE, ...SELECTION })

  const receiptOf = (code: string) => {
    const { number, code: key } = site.stores.submissions.currentOf(code)!
    return `${site.address}/receipts/${number}/${key}`
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
  const saved = async (page: Page, name: string | RegExp) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).first().click(),
    ])
    return readFileSync((await download.path())!)
  }

  test('confirmed, accepted but for one, reported, and told by letter', { timeout: 120_000 }, async () => {
    await addOfficer(site)
    const office = await visit({ javaScriptEnabled })
    const hospital = await visit({ javaScriptEnabled, width: 360 })
    const [officer, clerk] = [office.page, hospital.page]
    const open = (path: string) => officer.goto(`${site.address}${path}`)

    await logIn(officer, site.address, 'officer', PASSWORD)
    await open('/admin/selection/confirm')
    await press(officer, '初回選定を確定する')
    await officer.getByRole('heading', { name: '初回選定を確定しました' }).waitFor()
    await follow(officer, '文書番号と決裁日を記録する')
    await officer.getByLabel('文書番号').fill('保医第100号')
    await officer.locator('#decidedOn').fill('令和6年3月19日')
    await press(officer, '登録する')
    await officer.getByRole('heading', { name: '文書番号と決裁日を記録しました' }).waitFor()

    await follow(officer, '受諾確認を始める')
    await officer.locator('#lastDay').fill('R6.3.25')
    await press(officer, '受諾確認を始める')
    await officer.getByText('未回答　3病院').waitFor()

    for (const code of [OTSU, TEI]) {
      await clerk.goto(receiptOf(code))
      await expectNoSidewaysScroll(clerk)
      await press(clerk, '支援を受ける（受諾する）')
      await clerk.getByText('支援を受ける旨の御連絡を').waitFor()
    }
    await clerk.goto(receiptOf(KO))
    await follow(clerk, '辞退する')
    await clerk.getByLabel('辞退の理由').fill('担当者が確保できないため')
    await press(clerk, '辞退する')
    await clerk.getByText('辞退の申出を').waitFor()
    if (javaScriptEnabled) await expectAccessible(clerk)

    await open('/admin')
    await follow(officer, '申出を見る')
    await follow(officer, '甲病院の辞退を記録する')
    expect(await officer.locator('#reason').inputValue()).toContain('担当者が確保できないため')
    await press(officer, '辞退を記録する')
    await officer.getByRole('heading', { name: /甲病院の辞退を記録し/ }).waitFor()
    await clerk.goto(receiptOf(HEI))
    await press(clerk, '支援を受ける（受諾する）')

    await open('/admin/rounds/1')
    await follow(officer, '病院に結果を表示する')
    await officer.locator('#reason').fill('保医第100号により決裁済み')
    await press(officer, '病院に結果を表示する')
    await officer.getByRole('heading', { name: '病院に結果を表示しました' }).waitFor()
    await clerk.goto(receiptOf(HEI))
    expect(await clerk.locator('main').textContent()).toContain('報告する手続を進めています')

    await follow(officer, '点検して報告する')
    const sent = await saved(officer, 'Excel')
    await officer.getByLabel('文書番号').fill('保医第101号')
    await officer.getByLabel('電子メール').check()
    await press(officer, '報告を記録する')
    await officer.getByText('報告を記録し、送付したファイルを保存しました').waitFor()
    expect((await saved(officer, 'Excel')).equals(sent)).toBe(true)
    const report = await readXlsx(sent)
    expect(report.ok && report.rows.slice(1).map((cells) => cells[3])).toEqual(['丁病院', '乙病院', '丙病院'])
    await clerk.reload()
    expect(await clerk.locator('main').textContent()).toContain('厚生労働省に報告済みです')

    await open('/admin/letters')
    await officer.getByLabel('文書番号').fill('保医第102号')
    await officer.locator('#datedOn').fill('令和6年3月19日')
    await press(officer, '文書番号と日付を登録する')
    await officer.getByText('文書番号と日付を登録しました').waitFor()
    const merged = await readXlsx(await saved(officer, '差込み用のファイル（Excel、すべて）'))
    expect(merged.ok && merged.rows).toHaveLength(5)
    await follow(officer, 'すべての通知文を印刷する（1病院1枚）')
    await officer.emulateMedia({ media: 'print' })
    expect(await officer.locator('.letter').count()).toBe(4)
    const pdf = await officer.pdf({ format: 'A4' })
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(4)
    await officer.emulateMedia({ media: 'screen' })
    await open('/admin/letters')
    await follow(officer, '発送を記録する')
    await press(officer, '発送を記録する')
    await officer.getByText('発送を記録しました').waitFor()

    await open('/admin/rounds/1')
    expect(await officer.locator('.next-steps .tag--ok').count()).toBe(4)
    await follow(officer, '文書番号と決裁日を記録する')
    await officer.getByLabel('文書番号').fill('保医第103号')
    await officer.locator('#decidedOn').fill('令和6年3月19日')
    await press(officer, '登録する')
    expect(await officer.locator('.next-steps .tag--ok').count()).toBe(5)
    for (const { context, complaints } of [office, hospital]) {
      expect(complaints).toEqual([])
      await context.close()
    }
  })
})
