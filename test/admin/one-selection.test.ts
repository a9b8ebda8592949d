import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import * as contesting from '../../src/domain/selection/explain/contest.ts'
import * as selecting from '../../src/domain/selection/select.ts'
import { canonicalJson } from '../../src/domain/text/canonical.ts'
import { BO, sendForm } from '../support/decisions.ts'
import { fieldsOf } from '../support/forms.ts'
import { addOverride } from '../support/overrides.ts'
import { addresses } from '../support/route-table.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'
import { sampleOf, startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

/** What was selected and ranked since: the real ones do the work. */
const selections = vi.spyOn(selecting, 'select')
const contests = vi.spyOn(contesting, 'contestOf')

/** In the ranking of the round that is prepared. */
const WAITING = ['4619000001', '4619000002', '4619000003'] as const

let office: WholeOffice
beforeAll(async () => {
  office = await startWholeOffice()
  await sendForm(office.admin, '/admin/proposals/1/withdraw', { reason: '試験' })
  addHospitals(office.stores, ...WAITING.map((key, index) => ({ key, name: `架空第${index}病院` })))
  for (const hospital of WAITING) saveSubmission(office.stores, { hospital })
})
afterAll(() => {
  vi.restoreAllMocks()
  return office.close()
})
afterEach(() => forget())

function forget(): void {
  selections.mockClear()
  contests.mockClear()
}

/** Taken or taken back: the next page selects anew. */
function changeFacts(): void {
  const { overrides } = office.stores
  const inEffect = overrides.active().find(({ hospitalCode }) => hospitalCode === BO)
  if (inEffect) overrides.undo(inEffect.id, { actor: 'test', at: new Date('2024-03-19'), reason: '試験' })
  else addOverride(office.stores, BO, 'exclude', '試験')
  forget()
}

function expectOnce(what: string): void {
  for (const { mock } of [selections, contests]) {
    const texts = mock.calls.map(([asked]) => canonicalJson(asked))
    expect(texts.length, what).toBe(new Set(texts).size)
  }
}

describe('in one request nothing is selected twice, and no ranking is looked back at twice', () => {
  test('on every page and for every file', async () => {
    let selected = 0
    for (const url of addresses(office.routes, 'GET').filter((each) => each.startsWith('/admin'))) {
      changeFacts()
      await office.admin.get(sampleOf(url))
      expectOnce(url)
      selected += selections.mock.calls.length
    }
    expect(selected).toBeGreaterThan(20)
  })

  const act = `/admin/hospitals/${WAITING[2]}`
  test.each([
    ['a try-out of the policy', '/admin/policy', '/admin/policy/preview', { 'points.remote': '60' }],
    ['a try-out that changes nothing', '/admin/policy', '/admin/policy/preview', {}],
    ['a try-out of a scenario', '/admin/scenarios/1', '/admin/scenarios/1/preview', { regionFloor: '2' }],
    ['an adoption without its reason', '/admin/scenarios/1/adopt', '/admin/scenarios/1/adopt', { note: '' }],
    ['an act without its reason', `${act}/exclude`, `${act}/exclude`, {}],
    ['an act on other facts', `${act}/exclude`, `${act}/exclude`, { reason: '試験', outcome: 'x' }],
    ['a move', `${act}/move?position=1`, `${act}/move`, {}],
    ['an order', '/admin/selection/order/reset', '/admin/selection/order', {}],
    ['an order on other facts', '/admin/selection/order/reset', '/admin/selection/order', { reason: '試験' }],
  ])('%s', async (what, page, action, typed) => {
    const { stores, admin } = office
    const by = { actor: 'test', at: new Date('2024-03-19'), reason: '試験' }
    stores.rankMoves.add(2, { hospitalCode: WAITING[2], position: 2 }, by)
    const form = fieldsOf(await admin.page(page), action.replace('/preview', ''))
    changeFacts()
    const { statusCode } = await admin.post(action, { ...form, ...typed })
    expect([200, 409, 422]).toContain(statusCode)
    expect(selections.mock.calls.length).toBeGreaterThan(0)
    expectOnce(what)
  })
})
