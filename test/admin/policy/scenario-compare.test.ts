import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/selection/policy.ts'
import type { TestApp } from '../../support/app.ts'
import { tableRows } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

/** One seat for two hospitals: by default the one with emergency care has it. */
const BANDS = [{ id: '20-', min: 20, max: null, seats: 1 }]
const POLICY: Policy = { ...DEFAULT_POLICY, bands: BANDS, regionFloor: 0 }
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

const COMPARE = `/admin/scenarios/compare?${new URLSearchParams({ a: 'current', b: '離島 重視' })}`

describe('two policies side by side', () => {
  test('who comes in, who drops out, and how bands, regions and functions are served', async () => {
    const page = await browser.page(COMPARE)
    expect(htmlFlaws(page)).toEqual([])
    const [entering, leaving, bands, regions, functions] = [...page.querySelectorAll('main table')].map(
      tableRows,
    )
    const band = '20床以上'
    expect(entering).toEqual([
      ['奄美病院奄美　110床区分：20床以上', '補欠第1位', '選定（順位）', '20床以上の区分で第1位（支援枠1）'],
    ])
    expect(leaving).toEqual([
      [
        '桜島病院鹿児島　120床区分：20床以上',
        '選定（順位）',
        '補欠第1位',
        '20床以上の区分で第2位（支援枠1）のため、枠内に入りません',
      ],
    ])
    expect(bands).toEqual([[band, '1', '1', '']])
    expect(regions).toEqual([
      ['鹿児島', '1', '1 → 0', '－1'],
      ['奄美', '1', '0 → 1', '＋1'],
    ])
    expect(functions!.filter((row) => row[1] !== '0')).toEqual([
      ['救急告示病院', '1', '1 → 0', '－1'],
      ['へき地医療拠点病院', '1', '0 → 1', '＋1'],
      ['感染症指定医療機関', '1', '0 → 1', '＋1'],
    ])
    const counts = [...page.querySelectorAll('.compared__item')].map((item) =>
      item.textContent!.replace(/\s+/g, ''),
    )
    expect(counts).toEqual([
      '新たに選定される病院1病院',
      '選定から外れる病院1病院',
      '選定区分のみ変わる病院0病院',
      '変更前後とも選定の病院0病院',
    ])
    expect(page.querySelector('.policy-changes')!.textContent!.trim()).toBe('「へき地医療」の配点：10 → 60')
  })

  test('who keeps the seat by another rule', async () => {
    const east = { key: '4610000037', name: '桜島東病院', region: '鹿児島', beds: 130 }
    addHospitals(office.stores, { ...east, functions: ['emergency'] })
    saveSubmission(office.stores, { hospital: east.key })
    // The two with emergency care come first: with two seats only the floor carries 奄美病院, with three its rank does.
    for (const [name, seats] of [
      ['二枠', 2],
      ['三枠', 3],
    ] as const) {
      const policy = {
        ...POLICY,
        regionFloor: 1,
        criteria: { emergency: 25 },
        bands: [{ ...BANDS[0]!, seats }],
      }
      office.stores.policies.scenarios.create({ name, basedOn: 1, policy }, by())
    }
    const page = await browser.page(
      `/admin/scenarios/compare?${new URLSearchParams({ a: '二枠', b: '三枠' })}`,
    )
    const rebased = page.querySelector('#rebased')!.nextElementSibling!.querySelector('table')
    expect(tableRows(rebased).map((row) => row.slice(0, 3))).toEqual([
      ['奄美病院奄美　110床区分：20床以上', '選定（医療圏の確保枠）', '選定（順位）'],
    ])
  })

  test('bands that only one side has stand where they belong', async () => {
    const bands = [
      { id: '20-99', min: 20, max: 99, seats: 2 },
      { id: '100-', min: 100, max: null, seats: 1 },
    ]
    office.stores.policies.scenarios.create(
      { name: '二区分', basedOn: 1, policy: { ...POLICY, bands } },
      by(),
    )
    const page = await browser.page(`/admin/scenarios/compare?${new URLSearchParams({ b: '二区分' })}`)
    expect(tableRows(page.querySelector('.tallies table'))).toEqual([
      ['20床以上', '1 → －', '1 → －', '－1'],
      ['20～99床', '－ → 2', '－ → 0', ''],
      ['100床以上', '－ → 1', '－ → 1', '＋1'],
    ])
  })

  test('the same policy on both sides selects the same', async () => {
    const page = await browser.page('/admin/scenarios/compare')
    expect(htmlFlaws(page)).toEqual([])
    expect(page.querySelector('main')!.textContent).toContain('選定される病院は、どちらの基準でも同じです')
  })

  test('an unknown name is a 404', async () => {
    expect((await browser.get('/admin/scenarios/compare?a=current&b=ない')).statusCode).toBe(404)
  })

  test('looking saves nothing: every table is as it was', async () => {
    const pages = [
      COMPARE,
      '/admin/scenarios',
      '/admin/scenarios/1',
      '/admin/scenarios/1/adopt',
      '/admin/policy',
      '/admin/policy/versions/1',
    ]
    await browser.get('/admin/policy')
    const before = contents(office)
    for (const url of pages) expect((await browser.get(url)).statusCode).toBe(200)
    expect(contents(office)).toEqual(before)
  })
})

/** Every row of every table. */
function contents({ database: { db } }: Pick<TestApp, 'database'>): Record<string, unknown[]> {
  const tables = db.all<{ name: string }>(sql`SELECT name FROM sqlite_master WHERE type = 'table'`)
  return Object.fromEntries(tables.map(({ name }) => [name, db.all(sql.raw(`SELECT * FROM "${name}"`))]))
}
