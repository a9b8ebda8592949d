import { describe, expect, test } from 'vitest'
import { startSite, visit } from '../support/browser.ts'
import { answered } from '../support/page-states.ts'
import { receiptOf } from '../support/receipts.ts'
import { addHospitals } from '../support/submissions.ts'

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  test('a correction loses nothing on the way back, though no page of it is stored', async () => {
    const site = await startSite()
    addHospitals(site.stores, {})
    await answered()(site)
    const { page, context, complaints } = await visit({ javaScriptEnabled })
    const sent: (string | undefined)[][] = []
    page.on('request', (request) => {
      const { origin, referer, 'sec-fetch-site': where } = request.headers()
      if (request.method() === 'POST') sent.push([origin, where, referer])
    })
    const remarks = page.getByLabel('備考')
    const toConfirm = async () => {
      await page.getByRole('button', { name: '確認画面へ進む' }).click()
      await page.getByRole('button', { name: 'この内容に訂正する' }).waitFor()
    }
    await page.goto(`${site.address}${receiptOf(1)}/edit`)
    await remarks.fill('戻っても残る文字')
    await toConfirm()
    expect(await page.locator('h1').textContent()).toBe('訂正内容の確認')
    await page.getByRole('button', { name: '入力画面に戻る' }).click()
    await expect.poll(() => remarks.inputValue()).toBe('戻っても残る文字')
    await toConfirm()
    await page.goto(`${site.address}${receiptOf(1)}/edit`)
    await remarks.fill('もう一度')
    await toConfirm()
    // Of a form that was opened by its address the browser's own button keeps it as well.
    await page.goBack()
    await expect.poll(() => remarks.inputValue()).toBe('もう一度')
    await toConfirm()
    await page.getByRole('button', { name: 'この内容に訂正する' }).click()
    await page.waitForURL(`**${receiptOf(1)}`)
    expect(site.stores.submissions.byNumber('R-0001')).toMatchObject({ answers: { remarks: 'もう一度' } })
    expect(sent.length).toBeGreaterThan(3)
    // No page tells its address, and each of its forms was taken all the same.
    for (const [origin, , referer] of sent) expect([origin, referer]).toEqual(['null', undefined])
    expect(complaints).toEqual([])
    await context.close()
    await site.close()
  })
})
