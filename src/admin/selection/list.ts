import { INELIGIBLE_REASON_IDS, ineligibleReasons } from '../../domain/selection/eligibility.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import { DECISIONS, type HospitalResult } from '../../domain/selection/result.ts'
import { type Stability, stabilityAtHand } from '../../domain/selection/stability.ts'
import { stabilityMark } from '../../domain/selection/words/stability.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { bandFilter, type ListFilter, narrowed, regionFilter } from '../list/list.ts'
import { anyText, listQuery, oneOf, pageNumber, type QueryOf, shownAs } from '../list/query.ts'
import { fileColumns } from '../list/table.ts'
import { rankingColumns, type SelectionRow } from './columns.ts'

/** 希望, as the band board counts it. */
const ELIGIBLE = { id: 'eligible', label: '選定と補欠' } as const

export const SELECTION = listQuery('/admin/selection', {
  band: anyText,
  region: anyText,
  decision: oneOf([ELIGIBLE.id, ...DECISIONS.map(({ id }) => id)]),
  reason: oneOf(INELIGIBLE_REASON_IDS),
  /** `line`: those on the line only. `show`: worked out though it takes long. */
  stability: oneOf(['line', 'show']),
  /** The points of each criterion in columns. */
  view: shownAs(['points']),
  page: pageNumber,
  /** Of the ineligible. */
  out: pageNumber,
})
export type SelectionQuery = QueryOf<typeof SELECTION>

/** All pages of what the filter shows, as a file: the ranking, then the ineligible by code. */
export function selectionFile({ reading, hospitals }: Draft, query: SelectionQuery) {
  const stability = stabilityAtHand(reading, query.stability !== '')
  const filters = selectionFilters(reading, [], stability)
  return {
    columns: fileColumns(rankingColumns(reading, hospitals, stability)),
    rows: narrowed({ filters }, reading.rows, query).map(rowOf),
  }
}

export function rowOf(row: HospitalResult): SelectionRow {
  return { row, up: null, down: null }
}

/** 当落線上: some of the runs select it and some do not. */
export function isOnTheLine(stability: Stability): (row: HospitalResult) => boolean {
  return ({ code }) => stabilityMark(stability, code)?.isOnTheLine === true
}

/**
 * What the draft can be narrowed by.
 * @param stability null where it is not known: then it narrows nothing
 */
export function selectionFilters(
  { place, snapshot }: Pick<Reading, 'place' | 'snapshot'>,
  regions: readonly string[],
  stability: Stability | null,
): ListFilter<HospitalResult, SelectionQuery>[] {
  return [
    bandFilter(snapshot.policy.bands, ({ band }) => band),
    regionFilter(regions, ({ region }) => region),
    {
      name: 'decision',
      label: '判定',
      choices: [ELIGIBLE, ...DECISIONS],
      matches: ({ decision }, wanted) =>
        wanted === ELIGIBLE.id ? decision !== 'ineligible' : decision === wanted,
    },
    {
      name: 'reason',
      label: '対象外の理由',
      choices: ineligibleReasons(place),
      matches: ({ reason }, wanted) => reason === wanted,
    },
    {
      name: 'stability',
      label: '安定性',
      choices: [{ id: 'line', label: '当落線上' }],
      matches: (row, wanted) => wanted !== 'line' || !stability || isOnTheLine(stability)(row),
    },
  ]
}
