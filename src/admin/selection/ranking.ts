import type { Reading } from '../../domain/selection/reading.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { knownStability, type StabilityStanding } from '../../office/draft/stability.ts'
import { undrawnCodes } from '../../office/lot/in-force.ts'
import { type FileLinks, type FilterForm, fileLinks, filterForm, narrowed } from '../list/list.ts'
import { type Paging, pageOf } from '../list/paging.ts'
import { type Column, pickColumns, type Table, tableOf } from '../list/table.ts'
import { criterionHeaders, lineColumns, rankingColumns } from './columns.ts'
import { type Facet, selectionFacets } from './facets.ts'
import { besides, cutBelow, type RankedLine, rankedLines } from './lines.ts'
import { isOnTheLine, SELECTION, type SelectionList, type SelectionQuery, selectionList } from './list.ts'

/** What the page shows of the draft's hospitals: the ranking, who is out, and who stands on the line. */
export interface SelectionTables {
  /** The search; it looks among all hospitals, whatever is narrowed. */
  form: FilterForm
  facets: Facet[]
  files: FileLinks
  /** Only those are asked for that are in no ranking. */
  isAboutIneligible: boolean
  ranking: {
    lines: RankedLine[]
    /** The points of each criterion instead of bars. */
    points: Table | null
    paging: Paging
    heads: RankingHead[]
  }
  ineligible: { table: Table; paging: Paging; isOpen: boolean }
  /** Null where it is not known, and then why. */
  onTheLine: { runs: number; total: number; table: Table } | null
  line: { standing: StabilityStanding['kind']; eligible: number; isOpen: boolean }
  addresses: { line: string; stability: string; done: string; otherView: string }
}

/** A head of the ranking that sorts by what stands below it. */
interface RankingHead {
  label: string
  href: string
  sort: 'ascending' | 'descending' | null
}

const PAGE_SIZE = 100
const MOST_ON_THE_LINE = 50

interface Reader {
  /** In the prefecture's order. */
  regions: readonly string[]
  place: Prefecture
  /** No seat can be given away. */
  isFull: boolean
  /** May move a hospital. */
  mayWork: boolean
  standing: StabilityStanding
}

export function selectionTables(draft: Draft, query: SelectionQuery, reader: Reader): SelectionTables {
  const { reading, hospitals } = draft
  const undrawn = undrawnCodes(draft)
  const stability = reader.isFull ? null : knownStability(reader.standing)
  const list = selectionList(draft, reader.regions, stability)
  const shown = narrowed(list, reading.rows, query)
  const [ranked, out] = [shown.filter(({ rank }) => rank !== null), shown.filter(({ rank }) => rank === null)]
  const isAboutIneligible = query.decision === 'ineligible' || query.reason !== ''
  const parts: Parts = {
    reading,
    list,
    query,
    stability,
    undrawn,
    columns: rankingColumns(reading, hospitals, stability, undrawn),
  }
  return {
    form: searchForm(list, query, shown.length < reading.rows.length),
    facets: selectionFacets({
      ...reader,
      rows: reading.rows,
      list,
      query,
      hasStability: stability !== null,
    }),
    files: fileLinks(SELECTION, query),
    isAboutIneligible,
    ranking: rankingOf(ranked, parts, reader),
    ineligible: {
      ...ineligibleTable(out, parts),
      isOpen: isAboutIneligible || query.out > 1 || (query.q !== '' && out.length > 0),
    },
    onTheLine: stability && lineTable(ranked, stability, parts),
    line: {
      standing: reader.standing.kind,
      eligible: reading.rows.filter(({ eligible }) => eligible).length,
      isOpen: query.stability !== '',
    },
    addresses: {
      line: at(query, { stability: 'line', page: 1, out: 1 }, 'ranking'),
      stability: at(query, { stability: 'show' }, 'on-the-line'),
      done: doneAddress(query),
      otherView: at(query, { view: query.view === 'points' ? '' : 'points' }, 'ranking'),
    },
  }
}

/** Whoever looks for a hospital by its name looks among all: nothing else is kept. */
function searchForm(list: SelectionList, query: SelectionQuery, isFewer: boolean): FilterForm {
  return filterForm({ ...list, filters: [] }, query, isFewer)
}

interface Parts {
  reading: Reading
  list: SelectionList
  query: SelectionQuery
  stability: Stability | null
  undrawn: ReadonlySet<string>
  columns: readonly Column<HospitalResult>[]
}

function rankingOf(
  ranked: readonly HospitalResult[],
  { reading, query, stability, undrawn, columns }: Parts,
  { isFull, mayWork }: Reader,
): SelectionTables['ranking'] {
  const hrefOf = (page: number) => at(query, { page }, 'ranking')
  const { rows, paging } = pageOf(ranked, { page: query.page, size: PAGE_SIZE, hrefOf })
  const lineOf = rankedLines(reading, stability, undrawn)
  const isByRank = query.sort === ''
  const cutOf = isByRank && !isFull ? cutBelow(reading) : () => null
  const mayMove = mayWork && isByRank && !isFull
  return {
    lines:
      query.view === 'points'
        ? []
        : rows.map((row, index) => ({
            ...lineOf(row),
            ...(mayMove ? besides(ranked, paging.first - 1 + index) : { up: null, down: null }),
            cut: cutOf(row.code),
          })),
    points: query.view === 'points' ? pointsTable(rows, { reading, query, stability, columns }) : null,
    paging,
    heads: rankingHeads(query),
  }
}

function pointsTable(
  rows: readonly HospitalResult[],
  { reading, query, stability, columns }: Omit<Parts, 'list' | 'undrawn'>,
): Table {
  const onPage = [
    ...['順位', '医療機関名', '許可病床数', '点数'],
    ...criterionHeaders(reading.snapshot.policy),
    '判定',
    ...(stability ? ['配点を変えた場合の選定割合'] : []),
  ]
  return tableOf(pickColumns(columns, onPage), rows, {
    label: '順位',
    look: 'table--data table--ranking',
    isWide: true,
    sorting: {
      sort: query.sort,
      hrefOf: (sort) => at(query, { sort, page: 1 } as Partial<SelectionQuery>, 'ranking'),
    },
    lookOf: ({ decision }) => (decision === 'waitlisted' ? 'waitlisted' : ''),
  })
}

/** By rank, by name, or by points, where a move by hand or a designation makes these differ from the rank. */
function rankingHeads(query: SelectionQuery): RankingHead[] {
  const head = (label: string, key: string): RankingHead => {
    const isAscending = query.sort === key
    const sort = isAscending ? 'ascending' : query.sort === `-${key}` ? 'descending' : null
    const next = key === '' ? '' : sort === null ? FIRST[key]! : isAscending ? `-${key}` : key
    return { label, href: at(query, { sort: next, page: 1 }, 'ranking'), sort }
  }
  return [head('順位', ''), head('病院', 'name'), head('点数', 'points')]
}
/** Names from the first on, points from the highest. */
const FIRST: Record<string, string> = { name: 'name', points: '-points' }

function ineligibleTable(
  ineligible: readonly HospitalResult[],
  { columns, query }: Parts,
): { table: Table; paging: Paging } {
  const hrefOf = (out: number) => at(query, { out }, 'ineligible')
  const { rows, paging } = pageOf(ineligible, { page: query.out, size: PAGE_SIZE, hrefOf })
  const about = pickColumns(columns, ['医療機関名', '二次医療圏', '病床規模区分', '許可病床数', '理由'])
  return { table: tableOf(about, rows, { label: '選定の対象にならない病院' }), paging }
}

function lineTable(
  ranked: readonly HospitalResult[],
  stability: Stability,
  { reading, columns }: Parts,
): SelectionTables['onTheLine'] {
  const onTheLine = ranked.filter(isOnTheLine(stability))
  const about = pickColumns(columns, ['順位', '医療機関名', '病床規模区分', '判定'])
  const table = tableOf(
    [...about, ...lineColumns(stability, reading.snapshot.policy)],
    onTheLine.slice(0, MOST_ON_THE_LINE),
    {
      label: '配点により結果が変わる病院',
      look: 'table--line',
    },
  )
  return { runs: stability.runs, total: onTheLine.length, table }
}

/** The same page with what is worked out meanwhile: it comes when that is there. */
export function doneAddress(query: SelectionQuery): string {
  const isLine = query.stability === 'line'
  const changes = { stability: isLine ? 'line' : 'show', wait: 'yes' } as const
  return at(query, changes, isLine ? 'ranking' : 'on-the-line')
}

function at(query: SelectionQuery, changes: Partial<SelectionQuery>, anchor: string): string {
  return `${SELECTION.address({ ...query, ...changes })}#${anchor}`
}
