import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: '2024-03-12T00:00:00Z' })
const browser = office.officer()

const URL = '/admin/scenarios/1'
const scenarios = () => office.stores.policies.scenarios
const create = async (name = '離島重視') => {
  await browser.get('/admin/scenarios')
  return browser.post('/admin/scenarios', { name })
}
const save = async (changes: Record<string, string>) =>
  browser.post(URL, { ...fieldsOf(await browser.page(URL), URL), ...changes })

describe('a new scenario', () => {
  test('is a copy of the current policy under a name', async () => {
    office.stores.policies.save(
      { ...DEFAULT_POLICY, regionFloor: 2 },
      { actor: 'officer', at: new Date('2024-03-11T00:00:00Z'), note: '離島' },
    )
    const reply = await create(' 離島　重視 ')
    expect(reply.headers.location).toBe('/admin/scenarios/1?done=created')
    expect(scenarios().byName('離島　重視')).toMatchObject({
      basedOn: 1,
      latest: { policy: { regionFloor: 2 } },
    })
    const page = await browser.page(reply.headers.location!)
    expect(htmlFlaws(page)).toEqual([])
    expect(page.querySelector('h1')!.textContent).toBe('検討案　離島　重視')
    const list = await browser.page('/admin/scenarios')
    expect(htmlFlaws(list)).toEqual([])
    expect(list.querySelector('.versions__item')!.textContent).toContain('内容は今の選定基準と同じです')
  })

  test.each([
    [' ', '検討案の名前を入力してください。'],
    ['あ'.repeat(41), '検討案の名前は40文字以内で入力してください（現在41文字）。'],
    ['current', '「current」は今の選定基準を指す名前です。別の名前を入力してください。'],
    ['離島重視', '「離島重視」という検討案が既にあります。別の名前を入力してください。'],
  ])('cannot be called %j', async (name, message) => {
    await create()
    const reply = await create(name)
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(errorsOf(page)).toEqual({ name: message })
    expect(page.getElementById('name')!.getAttribute('value')).toBe(name)
    expect(scenarios().all()).toHaveLength(1)
  })
})

describe('a scenario', () => {
  beforeEach(() => create())

  test('is changed by the policy’s form, and the policy stays as it is', async () => {
    const reply = await save({ 'points.remote': '60', 'bands.0.seats': '30' })
    expect(reply.headers.location).toBe('/admin/scenarios/1?done=saved')
    expect(scenarios().byId(1)!.latest).toMatchObject({
      version: 2,
      note: '',
      policy: { criteria: { remote: 60 } },
    })
    expect(office.stores.policies.current()).toEqual(office.stores.policies.shipped())
    const page = await browser.page(URL)
    expect(page.querySelector('.policy-changes')!.textContent!.replace(/\s+/g, ' ').trim()).toBe(
      '20～99床の枠：23病院分 → 30病院分 「へき地医療」の配点：10 → 60',
    )
    expect(page.querySelector('[name="acknowledged"]')).toBeNull()
  })

  test('keeps what was typed where it is refused, and where somebody was faster', async () => {
    const wrong = await save({ 'points.remote': '多め' })
    expect(wrong.statusCode).toBe(422)
    expect(Object.keys(errorsOf(htmlOf(wrong)))).toEqual(['points.remote'])
    const mine = { ...fieldsOf(await browser.page(URL), URL), regionFloor: '3' }
    await save({ 'points.remote': '60' })
    const stale = await browser.post(URL, mine)
    expect(stale.statusCode).toBe(409)
    const page = htmlOf(stale)
    expect(htmlFlaws(page)).toEqual([])
    expect(page.querySelector('.banner--error')!.textContent).toContain('「へき地医療」の配点：10 → 60')
    expect(fieldsOf(page, URL)).toMatchObject({ regionFloor: '3', version: '2' })
  })

  test('can be tried out before it is saved', async () => {
    const fields = { ...fieldsOf(await browser.page(URL), URL), 'points.remote': '60' }
    const page = htmlOf(await browser.post(`${URL}/preview`, fields))
    expect(htmlFlaws(page)).toEqual([])
    expect(page.querySelector('.tried .policy-changes')!.textContent).toContain(
      '「へき地医療」の配点：10 → 60',
    )
    expect(fieldsOf(page, URL)['points.remote']).toBe('60')
    expect(scenarios().byId(1)!.latest.version).toBe(1)
    expect((await browser.get(`${URL}/preview`)).headers.location).toBe(URL)
  })

  test('that does not exist is a 404', async () => {
    for (const id of ['2', '0', 'x', '1e3']) {
      expect((await browser.get(`/admin/scenarios/${id}`)).statusCode).toBe(404)
      expect((await browser.post(`/admin/scenarios/${id}/archive`)).statusCode).toBe(404)
    }
  })
})
