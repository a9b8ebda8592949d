import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { siteWith, visit } from '../support/browser.ts'
import { ask } from '../support/readable.ts'

interface Focused {
  id: string
  text: string
  /** Whether it can be seen where the focus is. */
  seen: boolean
}

/** Tabs until the focus is there; it must be in sight at every stop on the way. */
async function tabTo(page: Page, wanted: { id: string } | { text: string }): Promise<void> {
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab')
    const focused = await ask<Focused | null>(page, 'focused()')
    if (!focused) continue
    expect(focused.seen, `the focus is seen on ${focused.id || focused.text}`).toBe(true)
    if ('id' in wanted ? focused.id === wanted.id : focused.text === wanted.text) return
  }
  throw new Error(`no key leads to ${JSON.stringify(wanted)} on ${page.url()}`)
}

async function press(page: Page, text: string): Promise<void> {
  await tabTo(page, { text })
  const loaded = page.waitForEvent('load')
  await page.keyboard.press('Enter')
  await loaded
}

async function type(page: Page, id: string, text: string): Promise<void> {
  await tabTo(page, { id })
  await page.keyboard.insertText(text)
}

/** The first of the choices, then as many further down. */
async function choose(page: Page, id: string, further = 0): Promise<void> {
  await tabTo(page, { id })
  await page.keyboard.press('Space')
  for (let step = 0; step < further; step += 1) await page.keyboard.press('ArrowDown')
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('without a mouse, %s', (_name, javaScriptEnabled) => {
  const site = siteWith({ hospitals: [{}, { key: '4619900029', name: '第二試験病院' }] })

  test('from the notice to the receipt, through an error; then corrected and withdrawn', async () => {
    const { page, context, complaints } = await visit({ javaScriptEnabled })
    const stored = () => site.stores.submissions.all()

    await page.goto(site.address)
    await tabTo(page, { text: '本文へ移動' })
    await page.keyboard.press('Enter')
    await press(page, '回答をはじめる')
    await tabTo(page, { id: 'hospitalCode' })
    await page.keyboard.press('ArrowDown')
    await type(page, 'contactName', '試験 花子')
    await type(page, 'phone', '099')
    await type(page, 'email', 'hanako@hospital.example.jp')
    await choose(page, 'emr')
    await choose(page, 'intent', 1)
    await choose(page, 'gmisConsent')
    await press(page, '確認画面へ進む')

    // The error summary has the focus; its link leads to the field.
    expect((await ask<Focused>(page, 'focused()')).id).toBe('error-summary')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect((await ask<Focused>(page, 'focused()')).id).toBe('phone')
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText('099-000-0000')
    await press(page, '確認画面へ進む')
    await press(page, 'この内容で回答する')
    expect(await page.locator('h1').textContent()).toBe('回答を受け付けました')
    expect(stored()).toMatchObject([
      { hospitalCode: '4619900011', answers: { phone: '099-000-0000', intent: 'network', emr: 'full' } },
    ])

    await press(page, '回答を訂正する')
    await type(page, 'remarks', '追記')
    await press(page, '確認画面へ進む')
    await press(page, 'この内容に訂正する')
    expect(stored()).toMatchObject([{ version: 2, answers: { remarks: '追記' } }])

    await press(page, '回答を取り下げる')
    await press(page, 'この回答を取り下げる')
    expect(await page.locator('h1').textContent()).toBe('この回答は取り下げられています')
    expect(stored()).toMatchObject([{ state: 'withdrawn' }])
    expect(complaints).toEqual([])
    await context.close()
  })
})
