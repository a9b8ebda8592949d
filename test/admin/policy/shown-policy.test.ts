import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pointShares } from '../../../src/admin/policy/shares.ts'
import { shownPolicy } from '../../../src/admin/policy/shown-policy.ts'
import {
  CRITERION_IDS,
  DEFAULT_POLICY,
  labelledPolicy,
  pointsOf,
} from '../../../src/domain/selection/policy.ts'
import { fieldsOf } from '../../support/forms.ts'
import { textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

describe('the shares of the points', () => {
  const points = fc.record(Object.fromEntries(CRITERION_IDS.map((id) => [id, fc.nat(1000)])))

  test('of all kinds together are the whole, side by side', () => {
    fc.assert(
      fc.property(points, (criteria) => {
        const { byFamily, of } = pointShares(pointsOf({ criteria }))
        const total = CRITERION_IDS.reduce((sum, id) => sum + criteria[id]!, 0)
        if (total === 0) return expect(byFamily).toEqual([])
        expect(byFamily[0]!.x).toBe(0)
        for (const [index, { x, width }] of byFamily.entries())
          expect(x + width).toBeCloseTo(byFamily[index + 1]?.x ?? 100, 5)
        const parts = CRITERION_IDS.map((id) => Number.parseFloat(of(id)?.text ?? '0'))
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(100, 0)
        for (const id of CRITERION_IDS) expect(of(id) === null).toBe(criteria[id] === 0)
        expect(Math.max(...CRITERION_IDS.map((id) => of(id)?.width ?? 0))).toBe(100)
      }),
    )
  })

  test.each([
    ['all at nothing', {}],
    ['one that is no number', { emergency: Number.NaN, bcp: 5 }],
  ])('are none with %s', (_, criteria) => {
    expect(pointShares(pointsOf({ criteria })).byFamily).toEqual([])
    expect(pointShares(pointsOf({ criteria })).of('bcp')).toBeNull()
  })

  test('of the default are these', () => {
    const { shares, points } = shownPolicy(labelledPolicy(DEFAULT_POLICY, new Map()))
    expect(shares.map(({ label, text }) => `${label} ${text}`)).toEqual([
      '診療機能 51.9％',
      '地域での役割 18.5％',
      '対策の不足 22.2％',
      '回答の内容 7.4％',
    ])
    expect(points[0]).toMatchObject({ label: '救急医療', points: 25, share: { text: '18.5％', width: 100 } })
  })
})

describe('what files call a band', () => {
  const office = officeWith({ now: '2024-03-12T00:00:00Z' })
  const browser = office.officer()
  const by = { actor: 'officer', at: new Date('2024-03-11T01:00:00Z'), note: '以前の版' }
  const BANDS = [
    { id: 'shoukibo', min: 20, max: 99, seats: 25 },
    { id: '100-299', min: 100, max: 299, seats: 20 },
    { id: 'daikibo', min: 300, max: null, seats: 5 },
  ]

  test('is on no page of the policy, and stays what it was', async () => {
    const policy = { ...DEFAULT_POLICY, bands: BANDS }
    office.stores.policies.save(policy, by)
    office.stores.policies.scenarios.create({ name: '案', basedOn: 1, policy }, by)
    const urls = ['/admin/policy', '/admin/policy/versions', '/admin/policy/versions/1', '/admin/scenarios/1']
    for (const url of urls) {
      const page = await browser.page(url)
      expect(textIn(page.querySelector('main')), url).not.toMatch(/kibo|100-299|区分ID/)
      expect(page.querySelector('input[name$=".id"]:not([type="hidden"])'), url).toBeNull()
    }
    const fields = fieldsOf(await browser.page('/admin/policy'), '/admin/policy')
    const sent = { ...fields, 'bands.1.max': '249', 'bands.1.seats': '20', note: '試験' }
    expect((await browser.post('/admin/policy', sent)).statusCode).toBe(303)
    expect(office.stores.policies.current().policy.bands.map(({ id }) => id)).toEqual([
      'shoukibo',
      '100-249',
      'daikibo',
    ])
  })
})

describe('on paper', () => {
  const office = officeWith({ now: '2024-03-12T00:00:00Z' })
  const browser = office.officer()

  test('the policy is read: every field of the form goes, and what it holds stands there', async () => {
    const page = await browser.page('/admin/policy')
    const controls = page.querySelectorAll('main input:not([type="hidden"]), main textarea, main select')
    expect(controls.length).toBeGreaterThan(40)
    for (const control of controls) expect(control.closest('.no-print'), control.id).not.toBeNull()
    const paper = textIn(page.querySelector('.policy-paper'))
    for (const words of ['20～99床23', '救急医療', '18.5％', '配点の合計（満点）135'])
      expect(paper).toContain(words)
  })
})
