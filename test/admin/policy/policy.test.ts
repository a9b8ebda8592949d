import { describe, expect, test } from 'vitest'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { policyForm } from '../../support/policy-form.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: '2024-03-12T00:00:00Z' })
const browser = office.officer()
const { current, typed, save } = policyForm(office, browser)

describe('the form', () => {
  test('shows the whole policy, its seats against the prefecture’s number, and spare rows', async () => {
    const page = await browser.page('/admin/policy')
    expect(htmlFlaws(page)).toEqual([])
    const fields = fieldsOf(page, '/admin/policy')
    expect(fields).toMatchObject({
      version: '0',
      'bands.5.min': '500',
      'bands.5.max': '',
      'bands.5.id': '500-',
      'bands.8.seats': '',
      'points.emergency': '25',
      'points.gmisConsent': '0',
      regionFloor: '1',
      shortfall: 'leave',
      'tieBreak.1': 'lottery',
      lotterySeed: '医療機関におけるサイバーセキュリティ確保事業',
      supportPeriodEnd: '令和7年3月',
      note: '',
    })
    expect(fields['bands.9.min']).toBeUndefined()
    expect(page.querySelector('.policy-total')!.textContent!.replace(/\s+/g, '')).toBe(
      '枠の合計50病院分県の支援予定病院数50病院一致',
    )
    expect(page.querySelector('[name="acknowledged"]')).toBeNull()
    const label = page.querySelector('label[for="points.regionShare"]')!
    expect(label.parentElement!.textContent).toContain('医療圏の全病院の許可病床数に占める')
    expect(page.querySelector('nav [aria-current]')!.textContent).toBe('選定基準')
  })

  test('saves a new version with its author, time and reason', async () => {
    const reply = await save({ 'points.emergency': '３０', note: ' 救急を重く見る。\r\n（協議済み） ' })
    expect(reply.headers.location).toBe('/admin/policy?done=saved')
    expect(office.stores.policies.versions()).toMatchObject([
      {
        version: 1,
        author: 'officer',
        note: '救急を重く見る。\n（協議済み）',
        createdAt: new Date('2024-03-12T00:00:00Z'),
        policy: { criteria: { emergency: 30, disaster: 15 } },
      },
    ])
    const page = await browser.page(reply.headers.location!)
    expect(page.querySelector('.banner--success')).not.toBeNull()
    expect(page.querySelector('.version-summary')!.textContent).toContain('第1版')
  })

  test('keeps everything typed while something is wrong, and names each field', async () => {
    const reply = await save({ 'points.emergency': '多め', 'bands.0.max': '150', note: ' ' })
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(htmlFlaws(page)).toEqual([])
    expect(page.querySelector('title')!.textContent).toMatch(/^エラー：/)
    expect(Object.keys(errorsOf(page))).toEqual(['bands.1.min', 'points.emergency', 'note'])
    for (const [name, message] of Object.entries(errorsOf(page))) {
      const control = page.getElementById(name)!
      expect(control.getAttribute('aria-invalid')).toBe('true')
      const [described] = control.getAttribute('aria-describedby')!.split(' ')
      expect(page.getElementById(described!)!.textContent).toBe(`＊${message}`)
    }
    expect(fieldsOf(page, '/admin/policy')).toMatchObject({
      'points.emergency': '多め',
      'bands.0.max': '150',
    })
    expect(current().version).toBe(0)
  })

  test('makes no version where nothing changed', async () => {
    expect((await save({ note: '変更なし' })).headers.location).toBe('/admin/policy?done=unchanged')
    expect(current().version).toBe(0)
  })

  test('lets seats differ from the prefecture’s number only by the officer’s word for that very sum', async () => {
    const refused = await save({ 'bands.0.seats': '24', note: '追加枠の内示があったため' })
    expect(refused.statusCode).toBe(422)
    const page = htmlOf(refused)
    expect(errorsOf(page)).toEqual({
      acknowledged:
        '枠の合計（51病院分）が、県の支援予定病院数（50病院）と一致していません。枠を修正するか、一致しなくてよい理由を記入し、確認欄にチェックを入れてください。',
    })
    const box = page.querySelector('input[name="acknowledged"]')!
    expect(box.getAttribute('value')).toBe('51')
    const fields = fieldsOf(page, '/admin/policy')
    const other = await browser.post('/admin/policy', {
      ...fields,
      acknowledged: '51',
      'bands.0.seats': '25',
    })
    expect(other.statusCode).toBe(422)
    expect(current().version).toBe(0)
    const accepted = await browser.post('/admin/policy', { ...fields, acknowledged: '51' })
    expect(accepted.statusCode).toBe(303)
    expect(current().policy.bands[0]!.seats).toBe(24)
  })

  test('is not for a viewer, who reads the policy', async () => {
    const fields = await typed({ note: '理由', 'points.bcp': '9' })
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    const page = await viewer.page('/admin/policy')
    expect(htmlFlaws(page)).toEqual([])
    expect(page.querySelector('form[action="/admin/policy"]')).toBeNull()
    expect(page.querySelector('.policy-contents')!.textContent).toContain('20～99床')
    const { _csrf: _, ...rest } = fields
    expect((await viewer.post('/admin/policy', rest)).statusCode).toBe(403)
    expect((await viewer.post('/admin/policy/preview', rest)).statusCode).toBe(403)
    expect(current().version).toBe(0)
  })
})
