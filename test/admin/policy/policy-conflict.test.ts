import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { formOnPage } from '../../support/form-on-page.ts'
import { htmlOf } from '../../support/html.ts'
import { type OfficersBrowser, signedIn } from '../../support/officer.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

let testApp: TestApp
let browser: OfficersBrowser
beforeEach(async () => {
  testApp = await startTestApp({ now: '2024-03-12T00:00:00Z' })
  browser = await signedIn(testApp)
})
afterEach(() => testApp.close())

const current = () => testApp.stores.policies.current()
/** The form as it stands on the page, with some fields typed over. */
async function typed(changes: Record<string, string>, url = '/admin/policy') {
  return { ...formOnPage(await browser.page(url), '/admin/policy'), ...changes }
}
const save = async (changes: Record<string, string>) => browser.post('/admin/policy', await typed(changes))

describe('two officers at once', () => {
  test('the second is told what the first changed, keeps what was typed, and may then save', async () => {
    const mine = await typed({ regionFloor: '2', note: '離島のため' })
    await save({ 'points.emergency': '30', note: '救急のため' })
    const refused = await browser.post('/admin/policy', mine)
    expect(refused.statusCode).toBe(409)
    const page = htmlOf(refused)
    expect(htmlFlaws(page)).toEqual([])
    const banner = page.querySelector('.banner--error')!.textContent!
    expect(banner).toContain('試験 officerさんが選定基準の第1版を保存しました')
    expect(banner).toContain('「救急医療」の配点：25 → 30')
    const kept = formOnPage(page, '/admin/policy')
    expect(kept).toMatchObject({
      regionFloor: '2',
      note: '離島のため',
      'points.emergency': '25',
      version: '1',
    })
    expect(current().version).toBe(1)

    const { _csrf: _, ...fields } = kept
    const saved = await browser.post('/admin/policy', { ...fields, 'points.emergency': '30' })
    expect(saved.statusCode).toBe(303)
    expect(current()).toMatchObject({ version: 2, policy: { regionFloor: 2, criteria: { emergency: 30 } } })
  })

  test('a try-out does not make an old form a new one', async () => {
    const mine = await typed({ regionFloor: '2', note: '離島のため' })
    await save({ 'points.emergency': '30', note: '救急のため' })
    const tried = htmlOf(await browser.post('/admin/policy/preview', mine))
    const { _csrf: _, ...fields } = formOnPage(tried, '/admin/policy')
    expect((await browser.post('/admin/policy', fields)).statusCode).toBe(409)
  })

  test('a form without a version saves nothing', async () => {
    const { version: _, ...fields } = await typed({ regionFloor: '2', note: '離島のため' })
    expect((await browser.post('/admin/policy', fields)).statusCode).toBe(409)
    expect(current().version).toBe(0)
  })
})
