import { beforeEach, describe, expect, test } from 'vitest'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: '2024-03-12T00:00:00Z' })
const browser = office.officer()

const URL = '/admin/scenarios/1'
const scenarios = () => office.stores.policies.scenarios
const create = async (name = '離島重視') => {
  await browser.get('/admin/scenarios')
  return browser.post('/admin/scenarios', { name })
}
const actions = () =>
  office.stores.audit
    .all()
    .map(({ action }) => action)
    .filter((action) => action.startsWith('scenario'))

describe('keeping a scenario', () => {
  beforeEach(() => create())

  test('gets another name', async () => {
    await create('甲')
    await browser.get(URL)
    const taken = await browser.post(`${URL}/name`, { name: '甲' })
    expect(taken.statusCode).toBe(422)
    expect(errorsOf(htmlOf(taken))).toEqual({
      name: '「甲」という検討案が既にあります。別の名前を入力してください。',
    })
    expect((await browser.post(`${URL}/name`, { name: '乙' })).statusCode).toBe(303)
    expect(scenarios().byId(1)!.name).toBe('乙')
  })

  test('is put away and comes back, all of it on the record', async () => {
    const fields = fieldsOf(await browser.page(URL), URL)
    await browser.post(`${URL}/archive`)
    const list = await browser.page('/admin/scenarios')
    expect(list.querySelector('main')!.textContent).toContain('保管した検討案')
    const archived = await browser.page(URL)
    expect(htmlFlaws(archived)).toEqual([])
    expect(archived.querySelector(`form[action="${URL}"]`)).toBeNull()
    for (const address of [URL, `${URL}/preview`, `${URL}/name`, `${URL}/adopt`]) {
      const reply = await browser.post(address, { ...fields, name: '乙' })
      expect(reply.statusCode).toBe(409)
      expect(htmlOf(reply).querySelector('.banner--error')!.textContent).toContain('この検討案を保管しました')
    }
    expect((await browser.get('/admin/scenarios/compare?b=離島重視')).statusCode).toBe(404)

    await create('離島重視')
    const refused = await browser.post(`${URL}/reopen`)
    expect(refused.statusCode).toBe(409)
    expect(htmlOf(refused).querySelector('.banner--error')!.textContent).toContain('同じ名前の検討案')
    await browser.post('/admin/scenarios/2/name', { name: '甲' })
    expect((await browser.post(`${URL}/reopen`)).statusCode).toBe(303)
    expect(actions()).toEqual([
      'scenario.created',
      'scenario.archived',
      'scenario.created',
      'scenario.renamed',
      'scenario.reopened',
    ])
  })

  test('is read but not changed by a viewer', async () => {
    const fields = fieldsOf(await browser.page(URL), URL)
    const { _csrf: _, ...rest } = fields
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    const page = await viewer.page(URL)
    expect(htmlFlaws(page)).toEqual([])
    expect(page.querySelector('main form')).toBeNull()
    expect((await viewer.page('/admin/scenarios')).querySelector('main form')).toBeNull()
    const acts = ['', '/preview', '/name', '/archive', '/reopen', '/adopt'].map((act) => URL + act)
    for (const address of ['/admin/scenarios', ...acts])
      expect((await viewer.post(address, { ...rest, name: '乙' })).statusCode).toBe(403)
    expect((await viewer.get(`${URL}/adopt`)).statusCode).toBe(403)
    expect(scenarios().byId(1)).toMatchObject({ name: '離島重視', archivedAt: null, latest: { version: 1 } })
  })
})
