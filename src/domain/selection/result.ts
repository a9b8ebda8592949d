import type { Choice } from '../text/choice.ts'
import type { Basis, SeatProblem } from './allotment.ts'
import type { IneligibleReason } from './eligibility.ts'
import type { Values } from './score.ts'

export const RESULT_FORMAT = 'kakuho.result/1'

export const DECISION_IDS = ['selected', 'waitlisted', 'ineligible'] as const
export type Decision = (typeof DECISION_IDS)[number]
export const DECISIONS: readonly Choice<Decision>[] = [
  { id: 'selected', label: '選定' },
  { id: 'waitlisted', label: '補欠' },
  { id: 'ineligible', label: '対象外' },
]

/** One hospital. Null is written where something does not apply. */
export interface HospitalResult {
  code: string
  eligible: boolean
  /** Why it is not eligible. */
  reason: IneligibleReason | null
  /** Sum of points × value; shown divided by 100. Every hospital has one, eligible or not. */
  score: number
  /** 0..100 for every criterion, whether the policy gives it points or not. */
  values: Values
  band: string | null
  region: string
  /** 1..n over all eligible hospitals. */
  rank: number | null
  /** 1..n over the eligible hospitals of the band. */
  bandRank: number | null
  decision: Decision
  basis: Basis | null
  /** 支援順位: 1..k over the selected, by rank. */
  order: number | null
  /** 補欠順位: 1..n over the waitlisted of the band, by rank. */
  waitlistPosition: number | null
}

export interface BandResult {
  id: string
  seats: number
  eligible: number
  /** Hospitals of this band: by redistribution it may be more than its seats. */
  selected: number
  shortfall: number
}

export interface RegionResult {
  id: string
  eligible: number
  selected: number
  /** What the floor still asks for here: less what other rounds have given, and never more than the eligible. */
  floor: number
  shortfall: number
}

export interface SelectionResult {
  format: typeof RESULT_FORMAT
  snapshotSha256: string
  /** In rank order, then the ineligible by code. */
  results: HospitalResult[]
  bands: BandResult[]
  /** Every region of the master, in order of its name. */
  regions: RegionResult[]
  problems: SeatProblem[]
}
