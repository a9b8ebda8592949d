import { INELIGIBLE_REASONS } from '../domain/selection/eligibility.ts'
import { DECISIONS } from '../domain/selection/result.ts'
import type { BandBoard } from './band-board.ts'
import type { RankingLine } from './ranking.ts'
import type { Filter } from './submission-controls.ts'

/** What narrows the selection's tables: the parameters of its address, each '' where it is not given. */
export interface SelectionFilter {
  band: string
  region: string
  decision: string
  reason: string
}

export function parseSelectionFilter(query: unknown): SelectionFilter {
  const source = new Map(Object.entries(query ?? {}))
  const text = (name: string) => String([source.get(name) ?? ''].flat().at(-1))
  return { band: text('band'), region: text('region'), decision: text('decision'), reason: text('reason') }
}

export function matchesFilter(
  line: RankingLine,
  { band, region, decision, reason }: SelectionFilter,
): boolean {
  return (
    (band === '' || (line.bandId ?? 'none') === band) &&
    (region === '' || line.region === region) &&
    (decision === '' ||
      (decision === 'eligible' ? line.decision !== 'ineligible' : line.decision === decision)) &&
    (reason === '' || line.reason === reason)
  )
}

/** 希望, as the band board counts it. */
const ELIGIBLE = { id: 'eligible', label: '選定と補欠' }

/** The filters with what is chosen. */
export function selectionFilters(
  filter: SelectionFilter,
  { rows }: BandBoard,
  regions: readonly { id: string }[],
): Filter[] {
  return [
    {
      name: 'band',
      label: '病床規模区分',
      value: filter.band,
      choices: [...rows, { id: 'none', label: '区分外' }],
    },
    {
      name: 'region',
      label: '医療圏',
      value: filter.region,
      choices: regions.map(({ id }) => ({ id, label: id })),
    },
    { name: 'decision', label: '判定', value: filter.decision, choices: [ELIGIBLE, ...DECISIONS] },
    { name: 'reason', label: '対象外の理由', value: filter.reason, choices: INELIGIBLE_REASONS },
  ]
}
