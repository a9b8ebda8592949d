import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { INELIGIBLE_REASONS } from '../../domain/selection/eligibility.ts'
import { problemText } from '../../domain/selection/words/problem.ts'
import { dateTimeText } from '../../domain/survey/period.ts'
import { type Waiting, waitingOf } from '../../office/answers/waiting.ts'
import type { Draft } from '../../office/draft/draft.ts'
import type { SelectionStatus } from '../../office/draft/status.ts'
import type { Filter } from '../list/filters.ts'
import { type SelectionQuery, selectionFilters } from './selection-filter.ts'
import { type SelectionTables, selectionTables } from './selection-tables.ts'

export interface SelectionModel extends SelectionTables {
  board: BandBoard
  regions: RegionLine[]
  floorIsOn: boolean
  filters: Filter[]
  /** Every reason with how many it keeps out, filtered or not. */
  reasons: { id: string; label: string; count: number }[]
  problems: string[]
  /** Decisions of officers in effect. */
  overrides: number
  moves: number
  waiting: Waiting
  takenAt: string
  policyVersion: number
  status: SelectionStatus
}

export interface RegionLine {
  id: string
  eligible: number
  selected: number
  floor: number
  shortfall: number
}

export function selectionModel(
  draft: Draft,
  query: SelectionQuery,
  { byRegion, status }: { byRegion: (a: string, b: string) => number; status: SelectionStatus },
): SelectionModel {
  const { snapshot, result } = draft
  const board = bandBoard(snapshot, result)
  const regions = result.regions.toSorted((a, b) => byRegion(a.id, b.id))
  return {
    ...selectionTables(draft, query),
    board,
    regions,
    floorIsOn: snapshot.policy.regionFloor > 0,
    filters: selectionFilters(query, board, regions),
    reasons: INELIGIBLE_REASONS.map(({ id, label }) => ({
      id,
      label,
      count: result.results.filter(({ reason }) => reason === id).length,
    })).filter(({ count }) => count > 0),
    problems: result.problems.map((problem) => problemText(problem, snapshot)),
    overrides: draft.overrides.length,
    moves: draft.moves.length,
    waiting: waitingOf(draft.submissions),
    takenAt: dateTimeText(new Date(snapshot.takenAt)),
    policyVersion: draft.policyVersion,
    status,
  }
}
