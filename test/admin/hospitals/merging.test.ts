import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { Sealed } from '../../../src/domain/answer/sealed.ts'
import { AFTER_DEADLINE, HEI, KI, KO, SELECTION, TEI } from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addOverride } from '../../support/overrides.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { A, E, WORKBENCH } from '../../support/workbench.ts'

const office = officeWith(WORKBENCH)
const officer = office.officer()

/** The same hospital as E in the open data: another key, no phone. */
const TWIN = '46990001'
const twin = (rest = {}) =>
  addHospitals(office.stores, {
    key: TWIN,
    medicalCode: null,
    naviiCode: TWIN,
    name: '医療法人 戊病院',
    beds: 55,
    address: '鹿児島市別の町1',
    ...rest,
  })

const by = { actor: 'test', at: new Date('2024-03-12T01:00:00Z'), reason: '試験' }
const hospital = (key: string) => office.stores.hospitals.byKey(key)!
const stateOf = (number: string) => {
  const { hospitalCode, state } = office.stores.submissions.byNumber(number)!
  return [hospitalCode, state]
}

/** @param gone merged into `kept`, with what is typed over the form as it stands */
async function merge(kept: string, gone: string, typed: Record<string, string> = {}) {
  const url = `/admin/hospitals/${kept}/merge`
  const page = await officer.page(`${url}?with=${gone}&keep=${kept}`)
  return officer.post(url, { ...fieldsOf(page, url), reason: '同じ病院と確認したため', ...typed })
}

async function unmerge(gone: string) {
  const url = `/admin/hospitals/${gone}/unmerge`
  return officer.post(url, { ...fieldsOf(await officer.page(url), url), reason: '別の病院であったため' })
}

describe('two hospitals that are one', () => {
  test('are chosen from the list that hospitals have, compared, and one: with the facts that were chosen', async () => {
    twin()
    const choose = await officer.page(`/admin/hospitals/${E}/merge`)
    expect(choose.querySelector('select#with option[value="46990001"]')).not.toBeNull()
    expect(choose.querySelector('select#with optgroup')!.getAttribute('label')).toBe('名称が似ている病院')
    const page = await officer.page(`/admin/hospitals/${E}/merge?with=${TWIN}`)
    const facts = [...page.querySelectorAll('tbody th')].map((each) => each.textContent)
    expect(facts).toEqual(expect.arrayContaining(['医療機関名', '機関コード', '許可病床数', '所在地']))
    const reply = await merge(E, TWIN, { 'fact.beds': 'gone', 'fact.address': 'kept' })
    expect(reply.headers.location, reply.body).toBe(`/admin/hospitals/${E}?done=merged`)
    expect(hospital(E)).toMatchObject({ naviiCode: TWIN, medicalCode: E, name: '戊病院', beds: 55 })
    expect(hospital(TWIN)).toMatchObject({ isClosed: true, mergedInto: E, naviiCode: null })
    expect(office.stores.hospitalHistory.ofHospital(E)[0]).toMatchObject({
      kind: 'merged',
      reason: '同じ病院と確認したため',
      before: { beds: 50, naviiCode: null },
      after: { beds: 55, naviiCode: TWIN },
    })
    expect(office.stores.audit.all().at(-1)).toMatchObject({
      action: 'hospital.merged',
      subject: E,
      detail: { gone: TWIN },
    })
  })

  test('the one that went leads to the one that stays: by its code, in the form and in an import', async () => {
    twin()
    await merge(E, TWIN)
    expect(office.stores.hospitals.byCode(TWIN)?.key).toBe(E)
    const page = await officer.page(`/admin/hospitals/${TWIN}`)
    expect(page.querySelector(`main a[href="/admin/hospitals/${E}"]`)).not.toBeNull()
    expect((await office.app.inject('/survey')).body).not.toContain(`value="${TWIN}"`)
    const list = { hospitals: [{ ...hospital(E), key: TWIN, medicalCode: null, phone: '099-777-8888' }] }
    const counts = office.stores.hospitals.import({ ...list, fields: ['phone'] }, { ...by, source: 'x.csv' })
    expect(counts).toMatchObject({ added: 0, changed: 1, conflicts: [] })
    expect(hospital(E).phone).toBe('099-777-8888')
  })

  test('an old code of the one that went says nothing of the other any more', async () => {
    twin({ naviiCode: TWIN, medicalCode: null })
    office.stores.hospitalActs.edit({ ...hospital(E), naviiCode: '46990002' }, by, null)
    await merge(E, TWIN, { 'fact.naviiCode': 'kept' })
    const rows = [{ ...hospital(E), key: TWIN, medicalCode: null, naviiCode: TWIN, name: '旧い名称' }]
    const counts = office.stores.hospitals.import(
      { hospitals: rows, fields: ['naviiCode', 'name'] },
      { ...by, source: 'x.csv' },
    )
    expect(counts).toMatchObject({ added: 0, changed: 0, unchanged: 1 })
    expect(hospital(E)).toMatchObject({ name: '戊病院', naviiCode: '46990002' })
  })

  test('the answer of the one that goes is the other’s; beside an answer it waits as a duplicate', async () => {
    twin()
    const own = saveSubmission(office.stores, { hospital: TWIN })
    await merge(E, TWIN)
    expect(stateOf(own.number)).toEqual([E, 'current'])
    addHospitals(office.stores, { key: '4610000086', name: '甲病院' })
    const second = saveSubmission(office.stores, { hospital: '4610000086' })
    const page = await officer.page(`/admin/hospitals/${A}/merge?with=4610000086`)
    expect(textOf(page, 'main ul')).toContain(`${second.number} は、「甲病院」の重複として確認待ち`)
    expect((await merge(A, '4610000086')).statusCode).toBe(303)
    expect(stateOf(second.number)).toEqual([A, 'duplicate'])
    expect(stateOf('R-0001')).toEqual([A, 'current'])
  })

  test('decisions, moves and links go over; of two links the one that goes ends', async () => {
    twin()
    addOverride(office.stores, TWIN, 'designate', '地域の要')
    office.stores.rankMoves.add(1, { hospitalCode: TWIN, position: 1 }, by)
    const expiresAt = new Date('2099-03-25T15:00:00Z')
    const link = office.stores.lateLinks.create({ hospitalCode: TWIN, expiresAt, reason: '試験' }, by)
    const other = office.stores.lateLinks.create({ hospitalCode: E, expiresAt, reason: '試験' }, by)
    await merge(E, TWIN)
    expect(office.stores.overrides.active()).toMatchObject([{ hospitalCode: E, kind: 'designate' }])
    expect(office.stores.rankMoves.active(1)).toMatchObject([{ hospitalCode: E, position: 1 }])
    const links = new Map(office.stores.lateLinks.all().map((each) => [each.id, each]))
    expect([links.get(link.id), links.get(other.id)]).toMatchObject([
      { hospitalCode: E, revokedAt: expect.any(Date) },
      { hospitalCode: E, revokedAt: null },
    ])
  })

  test('one of an earlier survey says where it went, and cannot be taken back here', async () => {
    twin()
    await merge(E, TWIN)
    const back = async () =>
      (await officer.page(`/admin/hospitals/${TWIN}`)).querySelector('main a[href$="/unmerge"]')
    expect(await back()).not.toBeNull()
    // What begins the next survey has the hospitals, and nothing of their mergers.
    office.database.db.run(sql`DELETE FROM hospital_mergers`)
    expect(await back()).toBeNull()
    const page = await officer.page(`/admin/hospitals/${TWIN}`)
    expect(textOf(page, 'main')).toContain('に統合されています')
    expect(textOf(page, '#master-history + *')).toContain('統合')
  })

  test('GMIS answers go over, but never to an answer that does not consent', async () => {
    const facts = { offlineBackup: true, bcp: null, networkControl: null }
    twin()
    saveSubmission(office.stores, { hospital: TWIN, gmisConsent: true })
    office.stores.gmis.import(new Map([[TWIN, new Sealed(facts)]]), { ...by, source: 'g.csv' })
    await merge(E, TWIN)
    expect([...office.stores.gmis.all()]).toMatchObject([[E, facts]])
    await unmerge(TWIN)
    expect([...office.stores.gmis.all()]).toMatchObject([[TWIN, facts]])
    saveSubmission(office.stores, { hospital: E, gmisConsent: false })
    await merge(E, TWIN)
    expect([...office.stores.gmis.all()]).toEqual([])
  })

  test('two decisions of the prefecture are not made one: it says what to do first', async () => {
    twin()
    addOverride(office.stores, TWIN, 'designate', '地域の要')
    addOverride(office.stores, E, 'exclude', '休止のため')
    const page = await officer.page(`/admin/hospitals/${E}/merge?with=${TWIN}`)
    expect(textOf(page, '.banner--error')).toContain('先に一方の判断を取り消してください')
    expect(page.querySelector('form[method="post"][action$="/merge"]')).toBeNull()
    const reply = await officer.post(`/admin/hospitals/${E}/merge`, { with: TWIN, keep: E, reason: '試験' })
    expect(reply.statusCode).toBe(409)
    expect(hospital(TWIN).mergedInto).toBeNull()
  })

  test.each([
    ['no other', { with: '' }, 422],
    ['an unknown one', { with: '0000000000' }, 422],
    ['the same one', { with: E }, 422],
    ['no reason', { with: TWIN, reason: '' }, 422],
  ])('with %s it is not done', async (_what, typed, status) => {
    twin()
    await officer.get(`/admin/hospitals/${E}/merge`)
    const reply = await officer.post(`/admin/hospitals/${E}/merge`, { reason: '試験', ...typed })
    expect(reply.statusCode).toBe(status)
    expect(htmlOf(reply).querySelector('.error-summary')).not.toBeNull()
    expect(hospital(TWIN).mergedInto).toBeNull()
  })
})

describe('back to two', () => {
  test('with the answer that had waited counting again, and the facts as they were', async () => {
    addHospitals(office.stores, { key: '4610000086', name: '甲分院', phone: '099-123-4567', beds: 44 })
    const second = saveSubmission(office.stores, { hospital: '4610000086' })
    await merge(A, '4610000086', { 'fact.phone': 'gone', 'fact.beds': 'gone' })
    office.stores.hospitalActs.edit({ ...hospital(A), beds: 66 }, by, null)
    const reply = await unmerge('4610000086')
    expect(reply.headers.location).toBe('/admin/hospitals/4610000086?done=unmerged')
    expect(hospital('4610000086')).toMatchObject({ isClosed: false, mergedInto: null, beds: 44 })
    // What was put right since stays.
    expect(hospital(A)).toMatchObject({ phone: '099-000-0000', beds: 66 })
    expect([stateOf(second.number), stateOf('R-0001')]).toEqual([
      ['4610000086', 'current'],
      [A, 'current'],
    ])
  })

  test('where its answer counts for the other, that one is without an answer again', async () => {
    twin()
    const own = saveSubmission(office.stores, { hospital: TWIN })
    await merge(E, TWIN)
    await unmerge(TWIN)
    expect(stateOf(own.number)).toEqual([TWIN, 'current'])
    expect(office.stores.submissions.currentOf(E)).toBeNull()
    expect(hospital(TWIN).naviiCode).toBe(TWIN)
    expect(hospital(E).naviiCode).toBeNull()
  })
})

describe('a proposal that waits for its approval', () => {
  const proposed = officeWith({
    ...SELECTION,
    now: AFTER_DEADLINE,
    settings: { ...SELECTION.settings, secondApproval: 'yes' },
    confirmed: true,
  })
  const admin = proposed.officer({ login: 'admin', role: 'admin' })

  test('is not pulled from under whoever approves it', async () => {
    expect(proposed.stores.editions.open()).not.toBeNull()
    const page = await admin.page(`/admin/hospitals/${KI}/merge?with=${HEI}&keep=${KI}`)
    expect(textOf(page, '.banner--error')).toContain('決裁を待っている起案に入っています')
  })
})

describe('a confirmed round', () => {
  const confirmed = officeWith({ ...SELECTION, now: AFTER_DEADLINE, confirmed: true })
  const admin = confirmed.officer({ login: 'admin', role: 'admin' })

  test('that holds both is not rewritten: it says so, and what can be done', async () => {
    const page = await admin.page(`/admin/hospitals/${KO}/merge?with=${TEI}`)
    const told = textOf(page, '.banner--error')
    expect(told).toContain('どちらも確定結果に入っています')
    expect(told).toContain('初回選定で選定')
    const reply = await admin.post(`/admin/hospitals/${KO}/merge`, { with: TEI, keep: KO, reason: '試験' })
    expect([reply.statusCode, confirmed.stores.hospitals.byKey(TEI)!.mergedInto]).toEqual([409, null])
  })

  test('keeps the hospital that it names: that one stays by itself, and the other way round is refused', async () => {
    const page = await admin.page(`/admin/hospitals/${KI}/merge?with=${HEI}`)
    expect(textOf(page, '.summary-list')).toContain('残す病院丙病院')
    const swapped = await admin.page(`/admin/hospitals/${KI}/merge?with=${HEI}&keep=${KI}`)
    expect(textOf(swapped, '.banner--error')).toContain('残す病院を入れ替えてください')
    expect(swapped.querySelector(`.banner--error a[href*="keep=${HEI}"]`)).not.toBeNull()
  })
})
