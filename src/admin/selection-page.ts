import type { Round } from '../db/rounds.ts'
import { dateTimeText } from '../domain/period.ts'
import { INELIGIBLE_REASONS } from '../domain/selection/eligibility.ts'
import { type BandBoard, bandBoard } from './band-board.ts'
import { problemText } from './problem-texts.ts'
import { type RankingLine, rankingLines } from './ranking.ts'
import type { Draft } from './selection-draft.ts'
import { matchesFilter, type SelectionFilter, selectionFilters } from './selection-filter.ts'
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

export function selectionModel(
  draft: Draft,
  filter: SelectionFilter,
  { byRegion, confirmed }: { byRegion: (a: string, b: string) => number; confirmed: Round | null },
): SelectionModel {
  const { snapshot, result } = draft
  const lines = rankingLines(snapshot, result)
  const shown = lines.filter((line) => matchesFilter(line, filter))
  const board = bandBoard(snapshot, result)
  const regions = result.regions.toSorted((a, b) => byRegion(a.id, b.id))
  return {
    board,
    regions,
    floorIsOn: snapshot.policy.regionFloor > 0,
    filters: selectionFilters(filter, board, regions),
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
