import type { Reading } from '../../domain/selection/reading.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import { type Stability, stabilityAtHand } from '../../domain/selection/stability.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { hospitalPath } from '../list/cell.ts'
import { type FileLinks, type FilterForm, fileLinks, filterForm, narrowed } from '../list/list.ts'
import { type Paging, pageOf } from '../list/paging.ts'
import { type Column, pickColumns, type Table, tableOf } from '../list/table.ts'
import {
  criterionHeaders,
  cutBelow,
  lineColumns,
  rankingColumns,
  reasonColumn,
  type SelectionRow,
} from './columns.ts'
import { isOnTheLine, rowOf, SELECTION, type SelectionQuery, selectionFilters } from './list.ts'

/** What the page shows of the draft's hospitals: the ranking, who is out, and who stands on the line. */
export interface SelectionTables {
  form: FilterForm
  files: FileLinks
  ranking: ShownTable
  ineligible: ShownTable
  /** Null where it is not worked out unasked. */
  onTheLine: { runs: number; total: number; table: Table } | null
  /** Shows the points in the other way. */
  view: { isBars: boolean; other: string }
  addresses: { line: string; stability: string }
}

interface ShownTable {
  table: Table
  paging: Paging
}

const PAGE_SIZE = 100
const MOST_ON_THE_LINE = 50

interface Reader {
  /** In the prefecture's order. */
  regions: readonly string[]
  /** May move a hospital. */
  mayWork: boolean
}

export function selectionTables(draft: Draft, query: SelectionQuery, reader: Reader): SelectionTables {
  const { reading, hospitals } = draft
  const stability = stabilityAtHand(reading, query.stability !== '')
  const list = {
    query: SELECTION,
    anchor: 'ranking',
    filters: selectionFilters(reading, reader.regions, stability),
  }
  const shown = narrowed(list, reading.rows, query)
  const [ranked, out] = [shown.filter(({ rank }) => rank !== null), shown.filter(({ rank }) => rank === null)]
  const parts = { reading, columns: rankingColumns(reading, hospitals, stability), query }
  const isBars = query.view !== 'points'
  const criteria = isBars ? null : criterionHeaders(reading.snapshot.policy)
  return {
    form: filterForm(list, query, shown.length < reading.rows.length),
    files: fileLinks(SELECTION, query),
    ranking: rankingTable(ranked, rankingOnPage(criteria, stability !== null, reader.mayWork), parts),
    ineligible: ineligibleTable(out, parts),
    onTheLine: stability && lineTable(ranked, stability, parts),
    view: { isBars, other: at(query, { view: isBars ? 'points' : '' }, 'ranking') },
    addresses: {
      line: at(query, { stability: 'line', page: 1, out: 1 }, 'ranking'),
      stability: at(query, { stability: 'show' }, 'on-the-line'),
    },
  }
}

interface Parts {
  reading: Reading
  columns: readonly Column<SelectionRow>[]
  query: SelectionQuery
}

function rankingTable(
  ranked: readonly HospitalResult[],
  onPage: readonly string[],
  { reading, columns, query }: Parts,
): ShownTable {
  const hrefOf = (page: number) => at(query, { page }, 'ranking')
  const { rows, paging } = pageOf(ranked, { page: query.page, size: PAGE_SIZE, hrefOf })
  const shown = rows.map((row, index) => ({ row, ...besides(ranked, paging.first - 1 + index) }))
  const table = tableOf(pickColumns(columns, onPage), shown, {
    label: '順位',
    look: 'table--data table--ranking',
    isWide: query.view === 'points',
    lookOf: ({ row }) => (row.decision === 'waitlisted' ? 'waitlisted' : ''),
    below: cutBelow(reading),
  })
  return { table, paging }
}

function rankingOnPage(criteria: string[] | null, hasStability: boolean, mayWork: boolean): string[] {
  const about = ['順位', '医療機関名', '二次医療圏', '病床規模区分', '許可病床数', '点数']
  return [
    ...about,
    ...(criteria ?? ['点数の内訳']),
    '判定',
    ...(hasStability ? ['安定性'] : []),
    ...(criteria ? [] : ['根拠']),
    ...(mayWork ? ['変更'] : []),
  ]
}

/** Within what is shown: with one band chosen, past its neighbour in the band. */
function besides(rows: readonly HospitalResult[], index: number): Pick<SelectionRow, 'up' | 'down'> {
  const path = hospitalPath(rows[index]!.code)
  const to = (other: HospitalResult | undefined) => (other ? `${path}/move?position=${other.rank}` : null)
  return { up: to(rows[index - 1]), down: to(rows[index + 1]) }
}

function ineligibleTable(
  ineligible: readonly HospitalResult[],
  { reading, columns, query }: Parts,
): ShownTable {
  const hrefOf = (out: number) => at(query, { out }, 'ineligible')
  const { rows, paging } = pageOf(ineligible, { page: query.out, size: PAGE_SIZE, hrefOf })
  const about = pickColumns(columns, ['医療機関名', '二次医療圏', '病床規模区分', '許可病床数'])
  const table = tableOf([...about, reasonColumn(reading)], rows.map(rowOf), {
    label: '選定の対象にならない病院',
  })
  return { table, paging }
}

function lineTable(
  ranked: readonly HospitalResult[],
  stability: Stability,
  { columns }: Parts,
): SelectionTables['onTheLine'] {
  const onTheLine = ranked.filter(isOnTheLine(stability))
  const about = pickColumns(columns, ['順位', '医療機関名', '病床規模区分', '判定'])
  const rows = onTheLine.slice(0, MOST_ON_THE_LINE).map(rowOf)
  const table = tableOf([...about, ...lineColumns(stability)], rows, {
    label: '当落線上の病院',
    look: 'table--line',
  })
  return { runs: stability.runs, total: onTheLine.length, table }
}

function at(query: SelectionQuery, changes: Partial<SelectionQuery>, anchor: string): string {
  return `${SELECTION.address({ ...query, ...changes })}#${anchor}`
}
