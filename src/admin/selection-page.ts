import type { Round } from '../db/rounds.ts'
import { dateTimeText } from '../domain/period.ts'
import { INELIGIBLE_REASONS } from '../domain/selection/eligibility.ts'
import { DECISIONS } from '../domain/selection/result.ts'
import { type BandBoard, bandBoard } from './band-board.ts'
import { problemText } from './problem-texts.ts'
import { type RankingLine, rankingLines } from './ranking.ts'
import type { Draft } from './selection-draft.ts'
import type { Filter } from './submission-controls.ts'
import { type Waiting, waitingOf } from './waiting.ts'

export interface SelectionModel {
  board: BandBoard
  regions: RegionLine[]
  floorIsOn: boolean
  filters: Filter[]
  isFiltered: boolean
  ranking: RankingLine[]
  ineligible: RankingLine[]
  /** Every reason with how many it keeps out, filtered or not. */
  reasons: { id: string; label: string; count: number }[]
  problems: string[]
  waiting: Waiting
  takenAt: string
  policyVersion: number
  confirmed: { href: string; at: string } | null
}

export interface RegionLine {
  id: string
  eligible: number
  selected: number
  floor: number
  shortfall: number
}

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

export function selectionModel(
  draft: Draft,
  filter: SelectionFilter,
  { byRegion, confirmed }: { byRegion: (a: string, b: string) => number; confirmed: Round | null },
): SelectionModel {
  const { snapshot, result } = draft
  const lines = rankingLines(snapshot, result)
  const shown = lines.filter((line) => matches(line, filter))
  const board = bandBoard(snapshot, result)
  const regions = result.regions.toSorted((a, b) => byRegion(a.id, b.id))
  return {
    board,
    regions,
    floorIsOn: snapshot.policy.regionFloor > 0,
    filters: filters(filter, board, regions),
    isFiltered: Object.values(filter).some(Boolean),
    ranking: shown.filter(({ decision }) => decision !== 'ineligible'),
    ineligible: shown.filter(({ decision }) => decision === 'ineligible'),
    reasons: INELIGIBLE_REASONS.map(({ id, label }) => ({
      id,
      label,
      count: lines.filter(({ reason }) => reason === id).length,
    })).filter(({ count }) => count > 0),
    problems: result.problems.map((problem) => problemText(problem, snapshot)),
    waiting: waitingOf(draft.submissions),
    takenAt: dateTimeText(new Date(snapshot.takenAt)),
    policyVersion: draft.policyVersion,
    confirmed: confirmed && {
      href: `/admin/rounds/${confirmed.number}`,
      at: dateTimeText(confirmed.confirmedAt),
    },
  }
}

function matches(line: RankingLine, { band, region, decision, reason }: SelectionFilter): boolean {
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

function filters(filter: SelectionFilter, { rows }: BandBoard, regions: readonly RegionLine[]): Filter[] {
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
