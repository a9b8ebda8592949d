import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/selection/policy.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { policyForm } from '../../support/policy-form.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ now: '2024-03-12T00:00:00Z' })
const browser = office.officer()
const { current, typed, save } = policyForm(office, browser)

const by = { actor: 'officer', at: new Date('2024-03-11T01:00:00Z'), note: '以前の版' }
const giving = (points: number): Policy => ({
  ...DEFAULT_POLICY,
  supportPeriodEnd: '2025-03',
  criteria: { ...DEFAULT_POLICY.criteria, gmisConsent: points },
})

describe('consent to the reuse of the GMIS answers earns nothing', () => {
  test.each(['0', '1', '50', '５０', '1000', '-1', '多め', ''])('whatever is sent: %j', async (sent) => {
    const reply = await save({ 'points.gmisConsent': sent, 'points.bcp': '7', note: '試験' })
    expect(reply.headers.location).toBe('/admin/policy?done=saved')
    expect(current().policy.criteria).toMatchObject({ gmisConsent: 0, bcp: 7 })
  })

  test('where nothing is sent', async () => {
    const { 'points.gmisConsent': _, ...fields } = await typed({ 'points.bcp': '7', note: '試験' })
    expect((await browser.post('/admin/policy', fields)).statusCode).toBe(303)
    expect(current().policy.criteria.gmisConsent).toBe(0)
  })

  test('nobody is asked for its points, and no page lists them', async () => {
    for (const url of ['/admin/policy', '/admin/policy/versions/0']) {
      const page = await browser.page(url)
      expect(page.querySelector('input[name="points.gmisConsent"]:not([type="hidden"])')).toBeNull()
      for (const table of page.querySelectorAll('.policy-points'))
        expect(textIn(table), url).not.toContain('同意')
    }
  })

  test.each([1, 10, 1000])(
    'a version with %i points says that it has to be 0, and saving makes it so',
    async (points) => {
      office.stores.policies.save(giving(points), by)
      const page = await browser.page('/admin/policy')
      expect(htmlFlaws(page)).toEqual([])
      expect(textIn(page.querySelector('.banner--error'))).toContain(
        `「GMIS調査回答の活用への同意」に${points}点`,
      )
      expect(textIn(page.querySelector('.policy-paper .policy-points'))).toContain(
        'GMIS調査回答の活用への同意',
      )
      expect((await save({ note: '同意の配点を0とする。' })).headers.location).toBe(
        '/admin/policy?done=saved',
      )
      expect(current().policy).toEqual(giving(0))
      expect((await browser.page('/admin/policy')).querySelector('.banner--error')).toBeNull()
      const old = await browser.page('/admin/policy/versions/1')
      expect(textIn(old.querySelector('.policy-points'))).toContain('GMIS調査回答の活用への同意')
      const restored = await browser.page('/admin/policy?from=1')
      expect(fieldsOf(restored, '/admin/policy')['points.gmisConsent']).toBe('0')
    },
  )

  test('a scenario that gives it some cannot be adopted until it is saved anew', async () => {
    const created = office.stores.policies.scenarios.create(
      { name: '案', basedOn: 0, policy: giving(20) },
      by,
    )
    if (created.kind === 'name-taken') throw new Error('a name of its own')
    const url = `/admin/scenarios/${created.id}`
    const page = await browser.page(`${url}/adopt`)
    expect(htmlFlaws(page)).toEqual([])
    expect(textIn(page.querySelector('[role="alert"]'))).toContain('採用できません')
    expect(page.querySelector('main form')).toBeNull()
    const sent = { version: '0', scenarioVersion: '1', note: '採用' }
    const refused = await browser.post(`${url}/adopt`, sent)
    expect([refused.statusCode, current().version]).toEqual([422, 0])
    expect(textIn(htmlOf(refused).querySelector('[role="alert"]'))).toContain('採用できません')
    const fields = fieldsOf(await browser.page(url), url)
    expect((await browser.post(url, { ...fields, 'points.remote': '30' })).statusCode).toBe(303)
    const adopt = await browser.page(`${url}/adopt`)
    const adopted = await browser.post(`${url}/adopt`, fieldsOf(adopt, `${url}/adopt`))
    expect(adopted.headers.location).toBe('/admin/policy?done=adopted')
    expect(current().policy.criteria).toMatchObject({ gmisConsent: 0, remote: 30 })
  })

  test('a trial of it selects as if it had none', async () => {
    const fields = await typed({ 'points.gmisConsent': '1000', note: '' })
    const page = htmlOf(await browser.post('/admin/policy/preview', fields))
    expect(textIn(page.querySelector('#tried'))).toContain('違いはありません。')
  })
})
