import { beforeAll, describe, expect, test } from 'vitest'
import type { TallyTable } from '../../../src/admin/tally/cells.ts'
import { tallyTables } from '../../../src/admin/tally/tables.ts'
import { draftReader } from '../../../src/office/draft/draft.ts'
import { tallyOf } from '../../../src/office/tally/tally.ts'
import { tableRows, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { readXlsx } from '../../support/xlsx.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const NOW = '2024-03-15T01:00:00Z'
const office = officeWith({ now: NOW, demo: NOW, shared: true })
const viewer = office.officer({ login: 'etsuran', role: 'viewer' })

let tables: TallyTable[]
beforeAll(() => {
  tables = tallyTables(tallyOf(office.stores, draftReader(office)(), '46'))
})
const table = (id: string) => tables.find((each) => each.id === id)!
const values = (id: string) => table(id).rows.map(({ cells }) => cells.map(({ value }) => value ?? 0))

/** How many rows the list behind a number has. */
async function countOf(href: string): Promise<number> {
  const [path, query = ''] = href.replace(/#.*/, '').split('?')
  const csv = (await viewer.get(`${path}.csv?${query}`)).body
  return csv.trimEnd().split('\r\n').length - 1
}

describe('集計', () => {
  test('every number is that of the list behind it', async () => {
    const links = new Map<string, number>()
    for (const { rows } of tables)
      for (const { cells } of rows)
        for (const { href, value } of cells) if (href !== null) links.set(href, value!)
    expect(links.size).toBeGreaterThan(100)
    const found = new Map<string, number>()
    for (const href of links.keys()) found.set(href, await countOf(href))
    expect(found).toEqual(links)
  }, 60_000)

  test.each(['emr-intent', 'regions-bands'])('%s: rows and columns add up to their totals', (id) => {
    const rows = values(id)
    for (const cells of rows) expect(sum(cells.slice(0, -1))).toBe(cells.at(-1))
    for (const place of rows[0]!.keys())
      expect(sum(rows.slice(0, -1).map((cells) => cells[place]!))).toBe(rows.at(-1)![place])
  })

  test.each(['regions', 'bands', 'gmis', 'reasons'])('%s: the counts add up to their totals', (id) => {
    const rows = table(id).rows
    for (const [place, column] of table(id).columns.entries())
      if (!/率|割合/.test(column))
        expect([column, sum(rows.slice(0, -1).map(({ cells }) => cells[place]!.value!))]).toEqual([
          column,
          rows.at(-1)!.cells[place]!.value,
        ])
  })

  test('the tables agree with each other, and the regions stand in the prefecture’s order', () => {
    const total = (id: string, place: number) => table(id).rows.at(-1)!.cells[place]!.value
    expect(total('regions', 0)).toBe(office.stores.hospitals.operating().length)
    expect(total('reasons', 0)).toBe(total('regions', 0))
    expect(total('emr-intent', 5)).toBe(total('regions', 1))
    expect(total('gmis', 0)).toBe(total('regions', 1))
    expect(table('regions').rows.map(({ label }) => label)).toEqual(
      ['鹿児島', '南薩', '川薩', '出水', '姶良・伊佐', '曽於', '肝属', '熊毛', '奄美'].concat('計'),
    )
  })

  test('is a page that a viewer may read, its shares drawn beside their numbers', async () => {
    const page = await viewer.page('/admin/tally')
    expect(textOf(page, 'h1')).toBe('集計')
    expect(htmlFlaws(page)).toEqual([])
    expect(tableRows(page.querySelector('[aria-label="電子カルテの導入状況と活用意向"] table'))).toEqual(
      table('emr-intent').rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)]),
    )
    const bar = page.querySelector('[aria-label="二次医療圏別の回答率"] .tally-bar__share')!
    expect(bar.getAttribute('width')).toBe(`${table('regions').rows[0]!.cells[3]!.value}%`)
    expect(page.querySelector('nav [aria-current="page"]')!.textContent).toBe('集計')
  })

  test('is a workbook with a sheet a table, and a CSV with a line a number', async () => {
    const read = await readXlsx((await viewer.get('/admin/tally.xlsx')).rawPayload)
    expect(read.ok && read.rows[0]).toEqual(['電子カルテの導入状況', ...table('emr-intent').columns])
    const csv = (await viewer.get('/admin/tally.csv')).body
    const cells = tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells))
    expect(csv.trimEnd().split('\r\n')).toHaveLength(cells.length + 1)
    expect(csv).toContain('二次医療圏別の回答率,鹿児島,回答率（％）,')
    expect(office.stores.audit.latest(1)).toMatchObject([{ action: 'tally.exported', subject: 'csv' }])
  })
})

test('a survey without hospitals has a page of zeros', async () => {
  const empty = tallyTables(tallyOf(office.stores, { ...draftReader(office)(), hospitals: [] }, '99'))
  expect(empty.find(({ id }) => id === 'regions')!.rows).toHaveLength(1)
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
