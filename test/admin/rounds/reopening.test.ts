import { describe, expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  decline,
  HEI,
  KI,
  KO,
  OTSU,
  reported,
  SELECTION,
  sendForm,
  TEI,
  verified,
} from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const admin = office.officer({ login: 'kanri', role: 'admin' })

const URL = '/admin/rounds/1/reopen'
const reopen = (typed: Record<string, string> = {}, url = URL) =>
  sendForm(admin, url, { reason: '算定誤りが判明したため', ...typed })

describe('selecting again', () => {
  test('shows who comes in and who drops out, and makes an edition from today’s facts', async () => {
    addHospitals(office.stores, { key: KI, name: '己病院', beds: 95, phone: '099-000-0005' })
    saveSubmission(office.stores, { hospital: KI, at: '2024-03-18T23:00:00Z' })
    const page = await admin.page(URL)
    expect(page.querySelector('h1')!.textContent).toBe('初回選定のやり直し')
    const text = page.querySelector('main')!.textContent!.replace(/\s+/g, ' ')
    expect(text).toMatch(/新たに選定される病院（1病院） 己病院/)
    expect(text).toMatch(/選定から外れる病院（1病院） 乙病院/)
    expect((await reopen()).headers.location).toBe('/admin/rounds/1')
    expect(await reported(admin, '/admin/rounds/1')).toEqual([TEI, KI, KO])
    expect(await reported(admin, '/admin/rounds/1/editions/1')).toEqual([TEI, KO, OTSU])
    expect(office.stores.editions.newestOf(1)).toMatchObject({
      edition: 2,
      kind: 'reopened',
      reason: '算定誤りが判明したため',
    })
    expect((await verified(admin, '/admin/rounds/1')).querySelector('main')!.textContent).toContain('一致：')
  })

  test('needs a reason, and the facts that the page showed', async () => {
    const missing = await reopen({ reason: '' })
    expect(missing.statusCode).toBe(422)
    expect(htmlOf(missing).querySelector('#error-summary a')!.getAttribute('href')).toBe('#reason')
    const fields = fieldsOf(await admin.page(URL), URL)
    addHospitals(office.stores, { key: KI, name: '己病院', beds: 95, phone: '099-000-0005' })
    const stale = await admin.post(URL, { ...fields, reason: '理由' })
    expect(stale.statusCode).toBe(409)
    expect(htmlOf(stale).querySelector('#reason')!.textContent).toBe('理由')
    expect(office.stores.editions.confirmed()).toHaveLength(1)
  })

  test('sent twice, even at once, is one edition', async () => {
    const fields = { ...fieldsOf(await admin.page(URL), URL), reason: '理由' }
    const replies = await Promise.all([admin.post(URL, fields), admin.post(URL, fields)])
    expect(replies.map(({ headers }) => headers.location)).toEqual(Array(2).fill('/admin/rounds/1'))
    expect((await admin.post(URL, fields)).headers.location).toBe('/admin/rounds/1')
    expect(office.stores.editions.confirmed()).toHaveLength(2)
  })

  test('leaves out who declined, unless the page takes the decline back', async () => {
    await decline(admin, KO)
    expect(await reported(admin, '/admin/rounds/1')).toEqual([TEI, OTSU, HEI])
    const page = await admin.page(URL)
    const toggle = page.querySelector(`a[href="${URL}?reinstate=${KO}"]`)!
    expect(toggle.textContent).toBe('辞退を取り消す')
    const taken = await admin.page(`${URL}?reinstate=${KO}`)
    expect(taken.querySelector(`a[href="${URL}?"]`)!.textContent).toBe('取り消さない')
    await reopen({}, `${URL}?reinstate=${KO}`)
    expect(await reported(admin, '/admin/rounds/1')).toEqual([TEI, KO, OTSU])
    // It stays taken back: the next selection does not leave it out either.
    expect((await admin.page(URL)).querySelector('main')!.textContent).toContain(
      '選定される病院は変わりません',
    )
    await decline(admin, KO)
    await reopen()
    expect(await reported(admin, '/admin/rounds/1')).toEqual([TEI, OTSU, HEI])
    expect(office.stores.editions.ofRound(1).map(({ kind }) => kind)).toEqual([
      'confirmed',
      'declined',
      'reopened',
      'declined',
      'reopened',
    ])
  })

  test('with a second person is proposed first', async () => {
    askForSecondPerson(office)
    expect((await reopen()).headers.location).toBe('/admin/proposals/1')
    expect((await admin.get(URL)).headers.location).toBe('/admin/proposals/1')
    const other = await signedIn(office, { login: 'kessai' })
    await sendForm(other, '/admin/proposals/1/approve', { acknowledged: 'yes' })
    expect(office.stores.editions.newestOf(1)).toMatchObject({
      edition: 2,
      kind: 'reopened',
      proposed: { actor: 'kanri' },
    })
  })

  test('is for administrators', async () => {
    const officer = await signedIn(office)
    expect((await officer.page('/admin/rounds/1')).querySelector(`a[href="${URL}"]`)).toBeNull()
    expect((await officer.get(URL)).statusCode).toBe(403)
    await officer.get('/admin/rounds/1')
    expect((await officer.post(URL, { reason: 'x', edition: '2' })).statusCode).toBe(403)
    expect((await admin.get('/admin/rounds/2/reopen')).statusCode).toBe(404)
  })
})
