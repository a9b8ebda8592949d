import { CRITERIA } from '../../domain/selection/policy.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import { weightsOf } from '../../domain/selection/score.ts'
import type { RankingLine } from '../../domain/selection/words/ranking.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { draftStability } from '../../office/draft/stability.ts'
import { type Paging, pageOf } from '../list/paging.ts'
import { BAR_WIDTH, FAMILIES } from '../score-bars.ts'
import { isNarrowed, matchesFilter, type SelectionQuery, selectionAddress } from './selection-filter.ts'
import { type SelectionLine, selectionLineOf } from './selection-lines.ts'
import { isOnTheLine, type LineOnTheLine, lineOnTheLineOf } from './stability-lines.ts'

/** The ranking, who is out, and who stands on the line: as far as the filter and the page show them. */
export interface SelectionTables {
  query: SelectionQuery
  isFiltered: boolean
  ranking: RankedLine[]
  rankingPages: Paging
  ineligible: RankingLine[]
  ineligiblePages: Paging
  /** The criteria that count, for the heads of their columns. */
  criteria: { label: string; points: number }[]
  /** Null where it is not worked out unasked. */
  stability: { runs: number; lines: LineOnTheLine[]; total: number } | null
  families: typeof FAMILIES
  barWidth: number
  addresses: Addresses
}

export interface RankedLine extends SelectionLine {
  /** Put before the row above it, or behind the one below; null where there is none. */
  up: string | null
  down: string | null
}

interface Addresses {
  points: string
  bars: string
  line: string
  stability: string
  csv: string
  csvCp932: string
  xlsx: string
}

const PAGE_SIZE = 100
const MOST_ON_THE_LINE = 50

export function selectionTables({ snapshot, result }: Draft, query: SelectionQuery): SelectionTables {
  const stability = draftStability({ snapshot, result }, query.stability !== '')
  const shown = result.results.filter((row) => matchesFilter(row, query, stability))
  const eligible = shown.filter(({ rank }) => rank !== null)
  const lineOf = selectionLineOf(snapshot, result, stability)
  const ranking = pageOf(eligible, {
    page: query.page,
    size: PAGE_SIZE,
    hrefOf: (page) => `${selectionAddress(query, { page })}#ranking`,
  })
  const ineligible = pageOf(
    shown.filter(({ rank }) => rank === null),
    { page: query.out, size: PAGE_SIZE, hrefOf: (out) => `${selectionAddress(query, { out })}#ineligible` },
  )
  const onTheLine = stability ? eligible.filter(isOnTheLine(stability)) : []
  return {
    query,
    isFiltered: isNarrowed(query),
    ranking: ranking.rows.map((row, index) => ({
      ...lineOf(row),
      ...besides(eligible, ranking.paging.first - 1 + index),
    })),
    rankingPages: ranking.paging,
    ineligible: ineligible.rows.map(lineOf),
    ineligiblePages: ineligible.paging,
    criteria: weightsOf(snapshot.policy.criteria).map(([id, points]) => ({
      label: labelOf(CRITERIA, id),
      points,
    })),
    stability: stability && {
      runs: stability.runs,
      lines: onTheLine.slice(0, MOST_ON_THE_LINE).map(lineOnTheLineOf(stability, lineOf)),
      total: onTheLine.length,
    },
    families: FAMILIES,
    barWidth: BAR_WIDTH,
    addresses: addressesOf(query),
  }
}

/** Within what is shown: with one band chosen, past its neighbour in the band. */
function besides(rows: readonly HospitalResult[], index: number): Pick<RankedLine, 'up' | 'down'> {
  const code = encodeURIComponent(rows[index]!.code)
  const to = (other: HospitalResult | undefined) =>
    other ? `/admin/hospitals/${code}/move?position=${other.rank}` : null
  return { up: to(rows[index - 1]), down: to(rows[index + 1]) }
}

function addressesOf(query: SelectionQuery): Addresses {
  const file = (path: string, encoding = '') =>
    selectionAddress(query, { page: 1, out: 1, view: '', encoding }, `/admin/selection.${path}`)
  return {
    points: `${selectionAddress(query, { view: 'points' })}#ranking`,
    bars: `${selectionAddress(query, { view: '' })}#ranking`,
    line: `${selectionAddress(query, { stability: 'line', page: 1, out: 1 })}#ranking`,
    stability: `${selectionAddress(query, { stability: 'show' })}#on-the-line`,
    csv: file('csv'),
    csvCp932: file('csv', 'cp932'),
    xlsx: file('xlsx'),
  }
}
