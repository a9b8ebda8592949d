import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/selection/policy.ts'
import type { TestApp } from '../../support/app.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

/** One seat for two hospitals: by default the one with emergency care has it. */
const BANDS = [{ id: '20-', min: 20, max: null, seats: 1 }]
const POLICY: Policy = { ...DEFAULT_POLICY, supportPeriodEnd: '2025-03', bands: BANDS, regionFloor: 0 }
const REMOTE: Policy = { ...POLICY, criteria: { ...POLICY.criteria, remote: 60 } }
const by = (note = '') => ({ actor: 'officer', at: new Date('2024-03-11T00:00:00Z'), note })

const office = officeWith({
  now: '2024-03-12T00:00:00Z',
  settings: { prefectureSeats: '1' },
  policy: POLICY,
  hospitals: [
    { key: '4610000011', name: '桜島病院', region: '鹿児島', beds: 120, functions: ['emergency'] },
    { key: '4610000029', name: '奄美病院', region: '奄美', beds: 110, functions: ['remote', 'infectious'] },
  ],
  answers: [{ hospital: '4610000011' }, { hospital: '4610000029' }],
})
const browser = office.officer()

beforeEach(() => {
  office.stores.policies.scenarios.create({ name: '離島 重視', basedOn: 1, policy: REMOTE }, by())
})

describe('adopting a scenario', () => {
  const URL = '/admin/scenarios/1/adopt'

  test('makes it the next version of the policy, with the reason and where it came from', async () => {
    const page = await browser.page(URL)
    expect(htmlFlaws(page)).toEqual([])
    const fields = fieldsOf(page, URL)
    expect(fields.note).toBe('検討案「離島 重視」を採用する。')
    const reply = await browser.post(URL, { ...fields, note: '協議の結果、採用する。' })
    expect(reply.headers.location).toBe('/admin/policy?done=adopted')
    expect(office.stores.policies.current()).toEqual(
      expect.objectContaining({
        version: 2,
        policy: REMOTE,
        note: '協議の結果、採用する。',
        author: 'officer',
      }),
    )
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'policy.saved', subject: 'policy 2', detail: { scenario: '離島 重視', scenarioVersion: 1 } },
    ])
  })

  test('needs a reason, and the officer’s word where the seats do not add up', async () => {
    office.stores.settings.change({ prefectureSeats: '2' }, { actor: 'test', at: new Date('2024-03-11') })
    const fields = fieldsOf(await browser.page(URL), URL)
    const refused = await browser.post(URL, { ...fields, note: '' })
    expect(refused.statusCode).toBe(422)
    expect(errorsOf(htmlOf(refused))).toEqual({
      acknowledged:
        '枠の合計（1）が、県の支援予定病院数（2）と一致していません。枠を直すか、このままでよい理由を書いてチェックを入れてください。',
      note: '変更の理由を入力してください。',
    })
    expect(office.stores.policies.current().version).toBe(1)
    expect((await browser.post(URL, { ...fields, acknowledged: '1' })).statusCode).toBe(303)
  })

  test.each<[string, (office: Pick<TestApp, 'stores'>) => void]>([
    ['the policy', ({ stores }) => stores.policies.save({ ...POLICY, regionFloor: 1 }, by())],
    [
      'the scenario',
      ({ stores }) => stores.policies.scenarios.save(1, 1, { ...REMOTE, regionFloor: 1 }, by()),
    ],
  ])('is refused where %s has changed since the page was shown', async (_, change) => {
    const fields = fieldsOf(await browser.page(URL), URL)
    change(office)
    const before = office.stores.policies.current().version
    const reply = await browser.post(URL, { ...fields, note: '自分の理由' })
    expect(reply.statusCode).toBe(409)
    const page = htmlOf(reply)
    expect(htmlFlaws(page)).toEqual([])
    expect(page.querySelector('.banner--error')!.textContent).toContain('採用していません')
    expect(fieldsOf(page, URL).note).toBe('自分の理由')
    expect(office.stores.policies.current().version).toBe(before)
  })

  test('of what is in force already makes no version', async () => {
    const { policies } = office.stores
    policies.scenarios.save(1, 1, POLICY, by())
    const reply = await browser.post(URL, fieldsOf(await browser.page(URL), URL))
    expect(reply.headers.location).toBe('/admin/scenarios?done=unchanged')
    expect(policies.current().version).toBe(1)
  })
})
