import { describe, expect, test } from 'vitest'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { policyForm } from '../../support/policy-form.ts'

const office = officeWith()
const admin = office.officer({ login: 'kanri', role: 'admin' })
const { save, typed } = policyForm(office, admin)

const seatsNow = () => ({
  prefecture: office.stores.settings.read().prefectureSeats,
  bands: office.stores.policies.current().policy.bands.reduce((sum, { seats }) => sum + seats, 0),
})
const firstBand = () => office.stores.policies.current().policy.bands[0]!.seats

describe('the seats are set in one place', () => {
  test('the prefecture’s number and the bands’ at once, in one transaction, with one reason', async () => {
    const reply = await save({
      prefectureSeats: '５１',
      'bands.0.seats': String(firstBand() + 1),
      note: '国の内示が1病院分増えたため',
    })
    expect(reply.headers.location).toBe('/admin/policy?done=saved')
    expect(seatsNow()).toEqual({ prefecture: 51, bands: 51 })
    expect(
      office.stores.audit.latest(2).map(({ action, subject, detail }) => [action, subject, detail]),
    ).toEqual([
      ['policy.saved', 'policy 1', { note: '国の内示が1病院分増えたため', sha256: expect.any(String) }],
      [
        'settings.changed',
        'prefectureSeats',
        { before: null, after: '51', reason: '国の内示が1病院分増えたため' },
      ],
    ])
  })

  test('the number alone makes no version', async () => {
    const reply = await save({ prefectureSeats: '60', acknowledged: '50', note: '内示' })
    expect(reply.headers.location).toBe('/admin/policy?done=prefecture')
    expect(seatsNow()).toEqual({ prefecture: 60, bands: 50 })
    expect(office.stores.policies.current().version).toBe(0)
  })

  test('sums that differ are refused against the number as it was typed', async () => {
    const reply = await save({ prefectureSeats: '60', note: '内示' })
    expect(reply.statusCode).toBe(422)
    expect(errorsOf(htmlOf(reply)).acknowledged).toContain('支援予定病院数（60病院）')
    expect(seatsNow()).toEqual({ prefecture: 50, bands: 50 })
  })

  test.each(['', '五十', '-1', '5.5'])(
    '%j is no number: beside its field, and kept',
    async (prefectureSeats) => {
      const reply = await save({ prefectureSeats, note: '内示' })
      expect(reply.statusCode).toBe(422)
      const page = htmlOf(reply)
      expect(errorsOf(page).prefectureSeats).toContain('0以上の整数で入力してください')
      expect(fieldsOf(page, '/admin/policy').prefectureSeats).toBe(prefectureSeats)
      expect(seatsNow()).toEqual({ prefecture: 50, bands: 50 })
    },
  )

  test('nothing over a number that a colleague has set meanwhile; sent again it is a decision', async () => {
    const fields = await typed({ prefectureSeats: '52', acknowledged: '50', note: '内示' })
    office.stores.settings.change({ prefectureSeats: '51' }, { actor: 'dokoka', at: new Date('2024-03-11') })
    const refused = await admin.post('/admin/policy', fields)
    expect(refused.statusCode).toBe(409)
    const page = htmlOf(refused)
    expect(errorsOf(page).prefectureSeats).toContain('51病院に変更しました')
    expect(seatsNow()).toEqual({ prefecture: 51, bands: 50 })
    const again = await admin.post('/admin/policy', fieldsOf(page, '/admin/policy'))
    expect(again.statusCode, again.body).toBe(303)
    expect(seatsNow().prefecture).toBe(52)
  })

  test('a form without the number leaves it, as every one of before', async () => {
    const {
      prefectureSeats: _,
      'shown.prefectureSeats': _shown,
      ...fields
    } = await typed({
      regionFloor: '2',
      note: '確保枠',
    })
    expect((await admin.post('/admin/policy', fields)).headers.location).toBe('/admin/policy?done=saved')
    expect(seatsNow()).toEqual({ prefecture: 50, bands: 50 })
  })

  test('an officer sets how they are shared out, an administrator how many there are', async () => {
    const tanto = await signedIn(office, { login: 'tanto' })
    const page = await tanto.page('/admin/policy')
    expect(page.querySelector('#prefectureSeats')).toBeNull()
    expect(textOf(page, '.policy-total')).toContain('支援予定病院数50病院')
    const fields = { ...fieldsOf(page, '/admin/policy'), prefectureSeats: '60', regionFloor: '2', note: 'x' }
    expect((await tanto.post('/admin/policy', fields)).statusCode).toBe(303)
    expect(seatsNow()).toEqual({ prefecture: 50, bands: 50 })
  })

  test('the page of settings leads there, and sets none of it', async () => {
    const page = await admin.page('/admin/settings')
    expect(page.querySelector('#prefectureSeats')).toBeNull()
    const fields = { ...fieldsOf(page, '/admin/settings'), prefectureSeats: '60' }
    expect((await admin.post('/admin/settings', fields)).statusCode).toBe(303)
    expect(seatsNow()).toEqual({ prefecture: 50, bands: 50 })
  })
})
