import { beforeEach, describe, expect, test } from 'vitest'
import { HOSPITAL_FIELDS, type Hospital } from '../../../src/domain/master/hospital.ts'
import { NAVII_FIELDS } from '../../../src/files/hospitals/navii.ts'
import { aHospital } from '../../support/builders.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, tableRows, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'

const [KO, TWIN] = ['4619900014', '4619900022']
const office = officeWith({
  hospitals: [
    { key: KO, name: '甲病院', kana: null, beds: 90 },
    { key: TWIN, name: '双子病院', municipality: '枕崎市', region: '南薩', beds: 50 },
  ],
})
const officer = office.officer()
const viewer = office.officer({ login: 'viewer', role: 'viewer' })

const row = (key: string, overrides: Partial<Hospital>) =>
  aHospital({ key, naviiCode: key, medicalCode: null, phone: null, kana: 'コウビョウイン', ...overrides })
const ROWS = [
  row('46199901', { name: '甲病院', beds: 90 }),
  row('46199902', { name: '双子病院', municipality: '枕崎市', region: '南薩', beds: 40 }),
  row('46199903', { name: '双子病院', beds: 50 }),
]
const takeIn = (hospitals: Hospital[] = ROWS, day = '2024-02-01') =>
  office.stores.hospitals.import(
    { hospitals, fields: NAVII_FIELDS, origin: { source: 'navii', day } },
    { actor: 'officer', at: office.now(), source: '施設票.csv' },
  )
const keys = () => office.stores.hospitals.all().map(({ key }) => key)
const waiting = () => office.stores.hospitalMatches.waiting().map(({ code }) => code)
const REASON = { reason: '電話で確認' }

async function decide(id: number, typed: Record<string, string>) {
  const page = await officer.page(`/admin/hospitals/matches/${id}`)
  const action = `/admin/hospitals/matches/${id}`
  return officer.post(action, { ...fieldsOf(page, action), ...REASON, ...typed })
}

beforeEach(() => {
  takeIn()
})

test('rows that may be of known hospitals wait: neither second hospitals in the public list nor lost', async () => {
  expect([keys(), waiting()]).toEqual([
    [KO, TWIN],
    ['46199901', '46199902', '46199903'],
  ])
  const survey = await office.app.inject('/survey')
  expect(survey.body.match(/甲病院/g)).toHaveLength(1)
  takeIn()
  expect(waiting()).toHaveLength(3)
})

test('the certain ones are listed and confirmed together; what was unticked stays', async () => {
  const page = await officer.page('/admin/hospitals/matches')
  expect(tableRows(page.querySelector('[aria-label="一致する組"] table'))).toEqual([
    ['', expect.stringContaining('甲病院'), '鹿児島市', '90', '46199901', expect.stringContaining(KO)],
  ])
  const fields = fieldsOf(page, '/admin/hospitals/matches')
  const none = await officer.post('/admin/hospitals/matches', { ...fields, pair: '' })
  expect(none.statusCode).toBe(409)
  const done = await officer.post('/admin/hospitals/matches', fields)
  expect(done.statusCode).toBe(303)
  expect(office.stores.hospitals.byCode('46199901')).toMatchObject({
    key: KO,
    medicalCode: KO,
    naviiCode: '46199901',
    kana: 'コウビョウイン',
    phone: '099-000-0000',
  })
  expect(waiting()).toEqual(['46199902', '46199903'])
  expect(office.stores.audit.latest(1)).toMatchObject([
    { action: 'hospitals.matched', detail: { count: 1, codes: '46199901' } },
  ])
  expect(textOf(await officer.page(`/admin/hospitals/${KO}`), '#master-history ~ *')).toContain(
    '同じ病院の行と照合',
  )
})

describe('one row', () => {
  test('stands beside the hospitals of its name, the twin in the other town too', async () => {
    const page = await officer.page('/admin/hospitals/matches/3')
    expect(textOf(page, 'thead')).toContain('市町村が違う、病床数が同じ')
    expect(textOf(page, 'tbody')).toContain('枕崎市')
  })

  test('is joined by the officer’s choice; the hospital’s answers and key stay', async () => {
    saveSubmission(office.stores, { hospital: TWIN })
    const reply = await decide(2, { choice: TWIN })
    expect(reply.statusCode).toBe(303)
    const done = (await officer.page(reply.headers.location!)).querySelector('.done')!
    expect(done.textContent).toContain('双子病院：行を登録済みの病院にまとめました。')
    expect(done.querySelector('a[href$="/matches/3"]')!.textContent).toBe('次の行を確認する（双子病院）')
    expect(office.stores.hospitals.byCode('46199902')!.key).toBe(TWIN)
    expect(office.stores.submissions.all()[0]!.hospitalCode).toBe(TWIN)
  })

  test('becomes a hospital of its own, or is left out for later imports too', async () => {
    expect((await decide(3, { choice: 'own' })).statusCode).toBe(303)
    expect(keys()).toContain('46199903')
    expect((await decide(2, { choice: 'left-out' })).statusCode).toBe(303)
    takeIn()
    expect([keys(), waiting()]).toEqual([[KO, '46199903', TWIN].sort(), ['46199901']])
  })

  test('is joined to another hospital by a code that is typed', async () => {
    const wrong = await decide(2, { choice: 'other', otherCode: '4699999999' })
    expect([wrong.statusCode, textOf(htmlOf(wrong), '.error-summary')]).toEqual([
      422,
      expect.stringContaining('病院台帳にありません'),
    ])
    expect(htmlOf(wrong).querySelector('#otherCode')!.getAttribute('value')).toBe('4699999999')
    expect((await decide(2, { choice: 'other', otherCode: KO })).statusCode).toBe(303)
    expect(office.stores.hospitals.byCode('46199902')!.key).toBe(KO)
  })

  test.each([
    [{ choice: '' }, 'どの病院か'],
    [{ choice: KO, reason: '' }, '理由を入力'],
  ])('without an answer nothing happens: %j', async (typed, message) => {
    const reply = await decide(1, typed)
    expect([reply.statusCode, textOf(htmlOf(reply), '.error-summary')]).toEqual([
      422,
      expect.stringContaining(message),
    ])
    expect(waiting()).toHaveLength(3)
  })

  test('once decided is not decided again', async () => {
    await decide(1, { choice: 'left-out' })
    const again = await officer.post('/admin/hospitals/matches/1', { choice: 'own', ...REASON })
    expect(again.statusCode).toBe(409)
    expect((await officer.get('/admin/hospitals/matches/99')).statusCode).toBe(404)
  })
})

describe('taken back', () => {
  const undo = async (id: number) => {
    const page = `/admin/hospitals/matches/${id}/undo`
    return officer.post(page, { ...fieldsOf(await officer.page(page), page), ...REASON })
  }

  test('a hospital is as it was, and the row waits again', async () => {
    const before = office.stores.hospitals.byCode(KO)
    await decide(1, { choice: KO })
    expect((await undo(1)).statusCode).toBe(303)
    expect(office.stores.hospitals.byCode(KO)).toEqual(before)
    expect(waiting()).toContain('46199901')
    expect(office.stores.hospitals.byCode('46199901')).toBeNull()
  })

  test('not once the hospital has changed since', async () => {
    await decide(1, { choice: KO })
    const list = {
      hospitals: [{ ...office.stores.hospitals.byCode(KO)!, beds: 99 }],
      fields: HOSPITAL_FIELDS,
    }
    office.stores.hospitals.import(list, { actor: 'x', at: office.now(), source: 'x' })
    const refused = await undo(1)
    expect([refused.statusCode, textOf(htmlOf(refused), '.error-summary')]).toEqual([
      409,
      expect.stringContaining('取り消せません'),
    ])
  })

  test('what was left out waits again', async () => {
    await decide(2, { choice: 'left-out' })
    expect((await undo(2)).statusCode).toBe(303)
    expect(waiting()).toContain('46199902')
    takeIn()
    expect(waiting()).toContain('46199902')
  })
})

test('a hospital that got another 医療機関コード is asked about, keeps its key and takes the new code', async () => {
  const anew = aHospital({ key: '4619900097', name: '甲病院', beds: 95 })
  const list = {
    hospitals: [anew],
    fields: HOSPITAL_FIELDS,
    origin: { source: 'bureau', day: '2024-03-01' },
  } as const
  office.stores.hospitals.import(list, { actor: 'x', at: office.now(), source: '名簿.xlsx' })
  expect(keys()).toEqual([KO, TWIN])
  const page = await officer.page('/admin/hospitals/matches/4')
  expect(textOf(page, 'thead')).toContain('コードが違う（開設者の変更などで変わった可能性）')
  expect((await decide(4, { choice: KO })).statusCode).toBe(303)
  expect(office.stores.hospitals.byCode('4619900097')).toMatchObject({ key: KO, beds: 95 })
})

test('a viewer neither sees nor decides', async () => {
  expect((await viewer.get('/admin/hospitals/matches')).statusCode).toBe(403)
  expect((await viewer.get('/admin/hospitals/matches/1')).statusCode).toBe(403)
})
