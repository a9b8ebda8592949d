import { describe, expect, test } from 'vitest'
import { percentOf } from '../../../src/domain/text/percent.ts'
import { shippedGeography } from '../../../src/files/geography/shipped-geography.ts'
import { readTiles, shippedTiles } from '../../../src/files/geography/tiles.ts'
import { tableRows, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith({ now: '2024-03-11T03:00:00Z' })
const browser = office.officer({ role: 'viewer' })

/** Hospitals of these regions, of which the first so many answer that they want support. */
function fill(regions: Record<string, [hospitals: number, answered: number]>): void {
  let number = 0
  for (const [region, [count, answered]] of Object.entries(regions))
    for (let index = 0; index < count; index += 1) {
      const key = `46190${String(number++).padStart(5, '0')}`
      addHospitals(office.stores, { key, region, beds: 50, name: `病院${key}` })
      if (index < answered) saveSubmission(office.stores, { hospital: key })
    }
}

const tiles = async () => [...(await browser.page('/admin')).querySelectorAll('.tile')]
const placeOf = ({ className }: { className: string }) =>
  /tile--row-(\d+) tile--column-(\d+)/.exec(className)?.slice(1).map(Number) ?? null

describe('the tiles of the regions', () => {
  test('lie as they do on the map, and say how many answered, are eligible and are selected', async () => {
    fill({ 鹿児島: [8, 6], 奄美: [4, 4], 熊毛: [1, 0] })
    const found = await tiles()
    expect(found.map((tile) => textIn(tile).split(' ')[0])).toEqual(shippedGeography('46').regions)
    const byName = new Map(found.map((tile) => [textIn(tile).split(' ')[0]!, tile]))
    expect(textIn(byName.get('鹿児島')!)).toBe('鹿児島 75％ 回答 6／8 選定対象 6 選定案 6')
    expect(textIn(byName.get('奄美')!)).toBe('奄美 100％ 回答 4／4 選定対象 4 選定案 4')
    expect(textIn(byName.get('熊毛')!)).toBe('熊毛 0％ 回答 0／1 選定対象 0 選定案 0')
    expect(textIn(byName.get('出水')!)).toBe('出水 回答 0／0 選定対象 0 選定案 0')
    const levels = ['奄美', '鹿児島', '熊毛'].map(
      (name) => /level-(\d)/.exec(byName.get(name)!.className)![1],
    )
    expect(levels).toEqual(['3', '2', '0'])
    const [row, column] = [0, 1].map((side) => (name: string) => placeOf(byName.get(name)!)![side]!)
    for (const [north, south] of [
      ['出水', '川薩'],
      ['姶良・伊佐', '鹿児島'],
      ['鹿児島', '南薩'],
      ['曽於', '肝属'],
      ['肝属', '熊毛'],
      ['熊毛', '奄美'],
    ])
      expect(row!(north!), `${north} north of ${south}`).toBeLessThan(row!(south!))
    for (const [west, east] of [
      ['出水', '姶良・伊佐'],
      ['川薩', '鹿児島'],
      ['鹿児島', '曽於'],
      ['南薩', '肝属'],
    ])
      expect(column!(west!), `${west} west of ${east}`).toBeLessThan(column!(east!))
  })

  test('each leads to the hospitals of its region, its table to each number', async () => {
    fill({ '姶良・伊佐': [3, 2], 曽於: [2, 0] })
    const page = await browser.page('/admin')
    const rows = tableRows(page.querySelector('.tiles + details table')).filter(
      ([, hospitals]) => hospitals !== '0',
    )
    expect(rows).toEqual([
      ['姶良・伊佐', '3', '2', '67％', '2', '2'],
      ['曽於', '2', '0', '0％', '0', '0'],
    ])
    for (const tile of page.querySelectorAll('.tile')) {
      const behind = await browser.page(tile.querySelector('a')!.getAttribute('href')!)
      const hospitals = Number(/／(\d+)/.exec(textIn(tile))![1])
      expect(Number(textOf(behind, '.list-head strong')), textIn(tile)).toBe(hospitals)
    }
  })

  test('of a prefecture without a map follow each other in its order', async () => {
    const by = { actor: 'test', at: new Date('2024-03-10T00:00:00Z') }
    office.stores.settings.change({ prefecture: '岩手県', prefectureCode: '03' }, by)
    fill({ 盛岡: [2, 1], 久慈: [1, 0] })
    const found = await tiles()
    expect(found.map(placeOf)).toEqual([null, null])
    expect(found.map((tile) => textIn(tile).split(' ')[0]).sort()).toEqual(['久慈', '盛岡'])
    expect((await browser.page('/admin')).querySelector('.tiles--map')).toBeNull()
  })

  test('with a region that the map does not know, all of them follow each other', async () => {
    fill({ 鹿児島: [1, 1], 種子島: [1, 0] })
    const found = await tiles()
    expect(found).toHaveLength(10)
    expect(found.map(placeOf).every((place) => place === null)).toBe(true)
    expect(textIn(found.at(-1)!)).toContain('種子島')
  })

  test('without any region the page says what is missing', async () => {
    const by = { actor: 'test', at: new Date('2024-03-10T00:00:00Z') }
    office.stores.settings.change({ prefecture: '岩手県', prefectureCode: '03' }, by)
    expect(textIn((await browser.page('/admin')).querySelector('main'))).toContain(
      '病院台帳に病院を登録すると',
    )
  })
})

describe('the places that ship', () => {
  test('are one for each region of the prefecture', () => {
    const places = shippedTiles('46')
    expect([...places.keys()]).toEqual(shippedGeography('46').regions)
    expect(new Set([...places.values()].map(({ row, column }) => `${row} ${column}`)).size).toBe(9)
  })

  test.each(['13', '', '../46', '460'])('are none for %j', (code) => {
    expect(shippedTiles(code).size).toBe(0)
  })

  test('need not be', () => {
    expect(readTiles(Buffer.from('二次医療圏\n盛岡\n久慈\n'), 'regions.csv').size).toBe(0)
  })

  test.each([
    ['no row', '盛岡,,1'],
    ['no column', '盛岡,1,'],
    ['not a number', '盛岡,一,1'],
    ['not whole', '盛岡,1.5,1'],
    ['before the first', '盛岡,0,1'],
    ['beyond the last column', '盛岡,1,7'],
    ['beyond the last row', '盛岡,13,1'],
    ['taken', '盛岡,1,1\n久慈,1,1'],
  ])('throw where they are flawed: %s', (_what, rows) => {
    expect(() => readTiles(Buffer.from(`二次医療圏,行,列\n${rows}\n`), 'regions.csv')).toThrow(
      'regions.csv: row',
    )
  })
})

test.each([
  [0, 0, null],
  [0, 7, 0],
  [7, 7, 100],
  [1, 400, 1],
  [399, 400, 99],
  [169, 225, 75],
])('%i of %i in percent: %s', (part, whole, percent) => {
  expect(percentOf(part, whole)).toBe(percent)
})
