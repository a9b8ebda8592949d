import { beforeEach, describe, expect, test } from 'vitest'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOverride } from '../../support/overrides.ts'
import { policyForm } from '../../support/policy-form.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: '2024-03-12T00:00:00Z' })
const browser = office.officer()
const { current, typed, save } = policyForm(office, browser)

describe('trying out', () => {
  beforeEach(() => {
    addHospitals(
      office.stores,
      { key: '4610000011', name: '桜島病院', region: '鹿児島', beds: 120, functions: ['emergency'] },
      { key: '4610000029', name: '奄美病院', region: '奄美', beds: 110, functions: ['remote'] },
    )
    for (const hospital of ['4610000011', '4610000029']) saveSubmission(office.stores, { hospital })
  })

  test('says who would come in and drop out, and keeps the form as it is', async () => {
    await save({ 'bands.1.seats': '1', 'bands.0.seats': '41', regionFloor: '0', note: '枠の確定' })
    const fields = await typed({ 'points.remote': '60' })
    const reply = await browser.post('/admin/policy/preview', fields)
    expect(reply.statusCode).toBe(200)
    const page = htmlOf(reply)
    expect(htmlFlaws(page)).toEqual([])
    const names = (id: string) =>
      [...page.querySelector(`#${id}`)!.nextElementSibling!.querySelectorAll('tbody th')].map(
        (cell) => cell.firstChild!.textContent,
      )
    expect(names('entering')).toEqual(['奄美病院'])
    expect(names('leaving')).toEqual(['桜島病院'])
    expect(page.querySelector('.tried .policy-changes')!.textContent).toContain(
      '「へき地医療」の配点：10 → 60',
    )
    expect(fieldsOf(page, '/admin/policy')).toMatchObject({ 'points.remote': '60', note: '' })
    expect(current().version).toBe(1)
  })

  test('saves nothing and leaves no trace', async () => {
    const fields = await typed({ 'points.remote': '60' })
    const before = office.stores.audit.all().length
    await browser.post('/admin/policy/preview', fields)
    expect(office.stores.audit.all()).toHaveLength(before)
    expect(office.stores.policies.versions()).toEqual([])
  })

  test('needs no reason, but a policy that holds together', async () => {
    const reply = await browser.post('/admin/policy/preview', await typed({ unknownValue: '101' }))
    expect(reply.statusCode).toBe(422)
    expect(errorsOf(htmlOf(reply))).toEqual({
      unknownValue: '不明な項目の評価値：100以下の整数で指定してください。',
    })
  })

  test('warns where the designated hospitals would not fit', async () => {
    for (const code of ['4610000011', '4610000029']) addOverride(office.stores, code, 'designate', '県の判断')
    const reply = await browser.post('/admin/policy/preview', await typed({ 'bands.1.seats': '1' }))
    expect(htmlOf(reply).querySelector('.tried .banner--warning')!.textContent).toContain(
      '100～199床の区分で、県の指定が枠を1病院超えています',
    )
  })

  test('leads back to the form when its address is opened again', async () => {
    expect((await browser.get('/admin/policy/preview')).headers.location).toBe('/admin/policy')
  })
})
