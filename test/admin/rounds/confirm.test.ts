import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { AFTER_DEADLINE } from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addOverride } from '../../support/overrides.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith({ now: AFTER_DEADLINE, settings: { prefectureSeats: '2' } })
const browser = office.officer()

const URL = '/admin/selection/confirm'
const [FIRST, SECOND, THIRD] = ['4610000011', '4610000029', '4610000037'] as const

/** Two seats of one band, three hospitals that want one: everything in order, after the deadline. */
function fill(seats = 2): void {
  const { stores } = office
  const bands = [{ id: 'small', min: 20, max: 99, seats }]
  const by = { actor: 'test', at: new Date('2024-03-01T00:00:00Z'), note: '試験' }
  stores.policies.save({ ...DEFAULT_POLICY, bands }, by)
  addHospitals(
    stores,
    { key: FIRST, name: '甲病院', beds: 90 },
    { key: SECOND, name: '乙病院', beds: 80 },
    { key: THIRD, name: '丙病院', beds: 70 },
  )
  for (const hospital of [FIRST, SECOND, THIRD]) saveSubmission(stores, { hospital })
}

/** The form of the page as it stands. */
const fieldsNow = async () => fieldsOf(await browser.page(URL), URL)

const checksOf = (page: ReturnType<typeof htmlOf>) =>
  [...page.querySelectorAll('.checks li')].map((item) => item.querySelector('.tag')!.textContent)

describe('confirming', () => {
  test('freezes the round and says so', async () => {
    fill()
    const page = await browser.page(URL)
    expect(page.querySelector('h1')!.textContent).toBe('初回選定の確定')
    expect(new Set(checksOf(page))).toEqual(new Set(['問題なし', '参考']))
    expect(page.querySelector('#waitingReason')).toBeNull()
    expect(page.querySelector('#acknowledged')).toBeNull()
    const reply = await browser.post(URL, await fieldsNow())
    expect(reply.statusCode).toBe(303)
    expect(reply.headers.location).toBe('/admin/rounds/1')
    const round = office.stores.editions.newestOf(1)!
    expect(round).toMatchObject({
      number: 1,
      policyVersion: 1,
      proposed: null,
      settled: { actor: 'officer', at: new Date('2024-03-19T00:00:00Z') },
      freeSeatsReason: null,
    })
    expect(office.stores.editions.files(round).map(({ name }) => name)).toEqual([
      'archive.json',
      'checks.json',
      'classes.json',
      'internal.xlsx',
      'ministry.cp932.csv',
      'ministry.csv',
      'ministry.xlsx',
      'reasons.json',
      'register.json',
      'result.json',
      'snapshot.json',
    ])
  })

  test('twice, even at once, makes one round', async () => {
    fill()
    const fields = await fieldsNow()
    const replies = await Promise.all([
      browser.post(URL, fields),
      browser.post(URL, fields),
      browser.post(URL, fields),
    ])
    expect(replies.map(({ headers }) => headers.location)).toEqual(Array(3).fill('/admin/rounds/1'))
    expect(office.stores.editions.confirmed()).toHaveLength(1)
    const confirmed = office.stores.audit.all().filter(({ action }) => action === 'round.confirmed')
    expect(confirmed).toHaveLength(1)
    const next = await browser.page(URL)
    expect(next.querySelector('h1')!.textContent).toBe('追加選定（第2回）の確定')
    expect(next.querySelector('.checks')!.textContent).toContain('空いている支援枠がありません。')
  })

  test('freezes just what the officer downloaded and looked at', async () => {
    fill()
    const draft = await browser.get('/admin/selection/snapshot.json')
    const fields = await fieldsNow()
    office.setNow('2024-03-19T02:00:00Z')
    await browser.post(URL, fields)
    const frozen = await browser.get('/admin/rounds/1/snapshot.json')
    expect(frozen.rawPayload.equals(draft.rawPayload)).toBe(true)
  })

  test('is refused when the facts changed since the page was shown', async () => {
    fill()
    const fields = await fieldsNow()
    saveSubmission(office.stores, { hospital: FIRST, intent: 'none' })
    const decision = { actor: 'other', at: new Date('2024-03-19T00:00:00Z'), reason: '病院に確認' }
    office.stores.submissions.makeCurrent('R-0004', decision)
    const reply = await browser.post(URL, fields)
    expect(reply.statusCode).toBe(409)
    const page = htmlOf(reply)
    expect(page.querySelector('.banner--error')!.textContent).toContain('確定していません')
    expect(office.stores.editions.confirmed()).toEqual([])
    const { factsSha256 } = await fieldsNow()
    expect(factsSha256).not.toBe(fields.factsSha256)
    const again = { ...(await fieldsNow()), acknowledged: 'yes', waitingReason: '病院に確認中' }
    expect((await browser.post(URL, again)).statusCode).toBe(303)
  })

  test.each([{ factsSha256: '' }, { factsSha256: 'x'.repeat(64) }])('is refused with %j', async (wrong) => {
    fill()
    const reply = await browser.post(URL, { ...(await fieldsNow()), ...wrong })
    expect(reply.statusCode).toBe(409)
    expect(office.stores.editions.confirmed()).toEqual([])
  })
})

describe('free seats', () => {
  test('need a reason, which is kept and names no band by itself', async () => {
    fill(4)
    const page = await browser.page(URL)
    expect(page.querySelector('#freeSeatsReason-support')!.textContent).toContain('20～99床：1病院分')
    const fields = { ...(await fieldsNow()), acknowledged: 'yes' }
    const missing = await browser.post(URL, { ...fields, freeSeatsReason: ' ' })
    expect(missing.statusCode).toBe(422)
    const summary = htmlOf(missing).querySelector('#error-summary a[href="#freeSeatsReason"]')!
    expect(summary.textContent).toBe('枠を残す理由を入力してください。（20～99床）')
    expect(htmlOf(missing).querySelector('#acknowledged')!.hasAttribute('checked')).toBe(true)
    const done = await browser.post(URL, {
      ...fields,
      freeSeatsReason: '20～99床：希望する病院がほかにないため',
    })
    expect(done.statusCode).toBe(303)
    const shown = await browser.page('/admin/rounds/1')
    expect(shown.querySelector('main')!.textContent).toContain('20～99床：希望する病院がほかにないため')
  })

  test('that nobody keeps need none, whatever is sent', async () => {
    fill()
    await browser.post(URL, { ...(await fieldsNow()), freeSeatsReason: '念のため' })
    expect(office.stores.editions.newestOf(1)!.freeSeatsReason).toBeNull()
  })
})

describe('what needs the officer’s word', () => {
  test.each<[string, () => void, string]>([
    [
      'a duplicate',
      () => saveSubmission(office.stores, { hospital: FIRST }),
      '重複の確認待ちの回答が1件あります。',
    ],
    [
      'an unlinked answer',
      () => saveSubmission(office.stores, { hospital: { name: '外', address: '鹿児島市', beds: 30 } }),
      '病院の特定待ちの回答が1件あります。',
    ],
    ['an open survey', () => office.setNow('2024-03-18T14:59:00Z'), '回答の受付が終了していません'],
    [
      'other seats than announced',
      () =>
        office.stores.settings.change(
          { prefectureSeats: '50' },
          { actor: 'test', at: new Date('2024-03-01') },
        ),
      '支援枠の合計（2病院分）が、県の支援予定病院数（50病院）と一致していません。',
    ],
  ])('%s', async (_name, make, text) => {
    fill()
    make()
    const page = await browser.page(URL)
    expect(page.querySelector('.checks')!.textContent).toContain(text)
    const without = await browser.post(URL, { ...(await fieldsNow()), waitingReason: '締切のため' })
    expect(without.statusCode).toBe(422)
    expect(htmlOf(without).querySelector('#error-summary a')!.getAttribute('href')).toBe('#acknowledged')
    expect(office.stores.editions.confirmed()).toEqual([])
    const complete = { ...(await fieldsNow()), acknowledged: 'yes', waitingReason: '締切のため' }
    expect((await browser.post(URL, complete)).statusCode).toBe(303)
  })
})

describe('what cannot be confirmed', () => {
  test.each<[string, () => void, string]>([
    [
      'more designated than seats',
      () => {
        for (const code of [FIRST, SECOND, THIRD]) addOverride(office.stores, code, 'designate', '離島のため')
      },
      '県の指定が枠を1病院超えています',
    ],
    [
      'nobody selected',
      () => {
        for (const code of [FIRST, SECOND, THIRD]) addOverride(office.stores, code, 'exclude', '廃院のため')
      },
      '選定の対象となる病院がありません。',
    ],
  ])('%s', async (_name, make, text) => {
    fill()
    make()
    const reply = await browser.get(URL)
    expect(reply.statusCode).toBe(200)
    const page = htmlOf(reply)
    expect(page.querySelector('.checks')!.textContent).toContain(text)
    expect(checksOf(page)).toContain('確定できません')
    expect(page.querySelector(`form[action="${URL}"]`)).toBeNull()
    const draft = await browser.get('/admin/selection')
    expect(draft.statusCode).toBe(200)
    const forced = await browser.post(URL, {
      factsSha256: await factsNow(),
      acknowledged: 'yes',
      freeSeatsReason: '理由',
    })
    expect(forced.statusCode).toBe(422)
    expect(forced.body).toContain('赤い「確定できません」の項目を解決してから、もう一度確認してください。')
    expect(office.stores.editions.confirmed()).toEqual([])
  })
})

test('a character that Shift_JIS lacks is said, and the file has another', async () => {
  fill()
  addHospitals(office.stores, { key: FIRST, name: '甲𠮷病院', beds: 90 })
  const page = await browser.page(URL)
  expect(page.querySelector('.checks')!.textContent).toContain(
    '甲𠮷病院の「医療機関名」で「𠮷」を「吉」に置換え',
  )
  expect(page.querySelector(`form[action="${URL}"]`)).not.toBeNull()
})

/** The hash a forged form would carry. */
async function factsNow(): Promise<string> {
  const { factsSha256 } = await import('../../../src/domain/selection/snapshot-of.ts')
  return factsSha256(JSON.parse((await browser.get('/admin/selection/snapshot.json')).body))
}

test('a viewer neither sees nor sends it', async () => {
  fill()
  const fields = await fieldsNow()
  const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
  expect((await viewer.get(URL)).statusCode).toBe(403)
  const { _csrf, ...rest } = fields
  await viewer.get('/admin')
  expect((await viewer.post(URL, rest)).statusCode).toBe(403)
  expect(office.stores.editions.confirmed()).toEqual([])
})
