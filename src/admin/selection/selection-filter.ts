import type { BandBoard } from '../../domain/selection/board.ts'
import { INELIGIBLE_REASONS } from '../../domain/selection/eligibility.ts'
import { DECISIONS, type HospitalResult } from '../../domain/selection/result.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Filter } from '../list/filters.ts'
import { pageNumber } from '../list/paging.ts'
import { isOnTheLine } from './stability-lines.ts'

/** What narrows the selection's tables: the parameters of its address, each '' where it is not given. */
export interface SelectionFilter {
  band: string
  region: string
  decision: string
  reason: string
  /** `line`: those on the line only. `show`: worked out though it takes long. */
  stability: string
}

/** How the tables are shown. */
export interface SelectionView {
  /** `points`: the points of each criterion in columns. */
  view: string
  page: number
  /** Of the ineligible. */
  out: number
}

export type SelectionQuery = SelectionFilter & SelectionView

export function parseSelectionQuery(query: unknown): SelectionQuery {
  const fields = fieldsOf(query)
  return {
    band: fields.get('band'),
    region: fields.get('region'),
    decision: fields.get('decision'),
    reason: fields.get('reason'),
    stability: fields.get('stability'),
    view: fields.get('view') === 'points' ? 'points' : '',
    page: pageNumber(fields.get('page')),
    out: pageNumber(fields.get('out')),
  }
}

/** The page's address, or a file's, with some parameters changed. */
export function selectionAddress(
  query: SelectionQuery,
  changes: Partial<SelectionQuery> & { encoding?: string } = {},
  path = '/admin/selection',
): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, ...changes }))
    if (value !== '' && value !== 1) parameters.set(name, String(value))
  return parameters.size === 0 ? path : `${path}?${parameters}`
}

/** @param stability null where it is not known: then it narrows nothing */
export function matchesFilter(
  row: HospitalResult,
  filter: SelectionFilter,
  stability: Stability | null,
): boolean {
  const { band, region, decision, reason } = row
  return (
    (filter.band === '' || (band ?? 'none') === filter.band) &&
    (filter.region === '' || region === filter.region) &&
    (filter.decision === '' || decisionMatches(decision, filter.decision)) &&
    (filter.reason === '' || reason === filter.reason) &&
    (filter.stability !== 'line' || !stability || isOnTheLine(stability)(row))
  )
}

export function isNarrowed({ band, region, decision, reason, stability }: SelectionFilter): boolean {
  return [band, region, decision, reason].some(Boolean) || stability === 'line'
}

/** The filters with what is chosen. */
export function selectionFilters(
  filter: SelectionFilter,
  { rows }: BandBoard,
  regions: readonly { id: string }[],
): Filter[] {
  const bands = [...rows, { id: 'none', label: '区分外' }]
  const byName = regions.map(({ id }) => ({ id, label: id }))
  return [
    { name: 'band', label: '病床規模区分', value: filter.band, choices: bands },
    { name: 'region', label: '医療圏', value: filter.region, choices: byName },
    { name: 'decision', label: '判定', value: filter.decision, choices: [ELIGIBLE, ...DECISIONS] },
    { name: 'reason', label: '対象外の理由', value: filter.reason, choices: INELIGIBLE_REASONS },
    { name: 'stability', label: '安定性', value: filter.stability, choices: [ON_THE_LINE] },
  ]
}

/** 希望, as the band board counts it. */
const ELIGIBLE = { id: 'eligible', label: '選定と補欠' }
const ON_THE_LINE = { id: 'line', label: '当落線上' }

function decisionMatches(decision: HospitalResult['decision'], wanted: string): boolean {
  return wanted === ELIGIBLE.id ? decision !== 'ineligible' : decision === wanted
}
