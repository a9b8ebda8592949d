import { describe, expect, test } from 'vitest'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { policyForm } from '../../support/policy-form.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: '2024-03-12T00:00:00Z' })
const browser = office.officer()
const { current, typed, save } = policyForm(office, browser)

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
    const kept = fieldsOf(page, '/admin/policy')
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
    const { _csrf: _, ...fields } = fieldsOf(tried, '/admin/policy')
    expect((await browser.post('/admin/policy', fields)).statusCode).toBe(409)
  })

  test('a form without a version saves nothing', async () => {
    const { version: _, ...fields } = await typed({ regionFloor: '2', note: '離島のため' })
    expect((await browser.post('/admin/policy', fields)).statusCode).toBe(409)
    expect(current().version).toBe(0)
  })
})
