import { beforeEach, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { fieldsOf } from '../../support/forms.ts'
import { textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: '2024-03-19T00:00:00Z' })
const browser = office.officer()

beforeEach(() => {
  const save = (changes: object, note: string) =>
    office.stores.policies.save(
      { ...office.stores.policies.current().policy, ...changes },
      { actor: 'officer', at: new Date('2024-03-11T06:00:00Z'), note },
    )
  save({ criteria: { ...DEFAULT_POLICY.criteria, emergency: 30 } }, '救急を重く見る')
  save({ regionFloor: 2 }, '離島を重く見る')
})

test('every version says who saved it, when, why and what it changed; newest first', async () => {
  const page = await browser.page('/admin/policy/versions')
  expect(htmlFlaws(page)).toEqual([])
  const items = [...page.querySelectorAll('.versions__item')].map(textIn)
  expect(items).toEqual([
    '第2版 現行の版 令和6年3月11日（月）15時00分 試験 officer 離島を重く見る 医療圏ごとに確保する病院数：1病院以上 → 2病院以上',
    '第1版 令和6年3月11日（月）15時00分 試験 officer 救急を重く見る 「救急医療」の配点：25 → 30',
    '初期設定 このシステムの初期設定です。',
  ])
})

test('one version is shown whole, to be read, with what it changed', async () => {
  const page = await browser.page('/admin/policy/versions/1')
  expect(htmlFlaws(page)).toEqual([])
  expect(page.querySelector('h1')!.textContent).toBe('選定基準　第1版')
  expect(page.querySelector('main input, main textarea')).toBeNull()
  expect(textIn(page.querySelector('.policy-changes'))).toBe('「救急医療」の配点：25 → 30')
  const points = [...page.querySelectorAll('.policy-points tbody tr')].map(
    (row) => row.querySelector('td')!.textContent,
  )
  expect(points).toEqual(['30', '15', '10', '5', '10', '5', '15', '10', '10', '10', '5', '5', '5', '5'])
  expect(textIn(page.querySelector('.policy-contents tfoot'))).toBe('合計50')
})

test('the default that comes with the program can be read too; another number is a 404', async () => {
  const page = await browser.page('/admin/policy/versions/0')
  expect(htmlFlaws(page)).toEqual([])
  expect(page.querySelector('h1')!.textContent).toBe('選定基準　初期設定')
  for (const version of ['3', '-1', 'x', '01'])
    expect((await browser.get(`/admin/policy/versions/${version}`)).statusCode).toBe(404)
})

test('an old version comes back by being saved anew', async () => {
  const page = await browser.page('/admin/policy/versions/1')
  const link = page.querySelector('main .actions a')!.getAttribute('href')!
  const filled = await browser.page(link)
  expect(htmlFlaws(filled)).toEqual([])
  const fields = fieldsOf(filled, '/admin/policy')
  expect(fields).toMatchObject({ version: '2', regionFloor: '1', note: '第1版の内容に戻す。' })
  expect((await browser.post('/admin/policy', fields)).statusCode).toBe(303)
  const [newest, , first] = office.stores.policies.versions()
  expect(newest).toMatchObject({ version: 3, note: '第1版の内容に戻す。' })
  expect(newest!.policy).toEqual(first!.policy)
  expect((await browser.get('/admin/policy?from=9')).statusCode).toBe(404)
  expect(fieldsOf(await browser.page('/admin/policy?from=0'), '/admin/policy')['points.emergency']).toBe('25')
})

test('a viewer is offered no way back', async () => {
  const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
  const page = await viewer.page('/admin/policy/versions/1')
  expect(page.querySelector('main .actions')).toBeNull()
})

test('the version that a confirmed round was decided by names the round', async () => {
  addHospitals(office.stores, { key: '4610000011', beds: 40 })
  saveSubmission(office.stores, { hospital: '4610000011' })
  await confirmRound()
  await browser.post('/admin/policy', {
    ...fieldsOf(await browser.page('/admin/policy?from=1'), '/admin/policy'),
    note: '追加選定のため',
  })
  const page = await browser.page('/admin/policy/versions')
  const tags = [...page.querySelectorAll('.versions__item')].map((item) =>
    [...item.querySelectorAll('a.tag')].map((tag) => `${tag.textContent} ${tag.getAttribute('href')}`),
  )
  expect(tags).toEqual([[], ['初回選定の確定に使用 /admin/rounds/1'], [], []])
  expect(
    textIn((await browser.page('/admin/policy/versions/2')).querySelector('.version-summary')),
  ).toContain('初回選定の確定に使用')
})

async function confirmRound(): Promise<void> {
  const confirm = '/admin/selection/confirm'
  const fields = fieldsOf(await browser.page(confirm), confirm)
  const reply = await browser.post(confirm, {
    ...fields,
    freeSeatsReason: '希望する病院がほかにないため',
    acknowledged: 'yes',
  })
  expect(reply.statusCode).toBe(303)
}
