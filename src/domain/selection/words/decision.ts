import { labelOf } from '../../text/choice.ts'
import { monthText } from '../../text/dates.ts'
import { BASES, type SeatProblem } from '../allotment.ts'
import { type Band, bandLabel } from '../bands.ts'
import { INELIGIBLE_REASONS } from '../eligibility.ts'
import { DECISIONS, type HospitalResult, type SelectionResult } from '../result.ts'
import type { Candidate, Snapshot } from '../snapshot.ts'
import { supportPeriodEndText } from './policy.ts'

/** What was decided, in the words that an officer reads and the ministry gets. No score, no weakness. */
export interface DecisionTexts<Row> {
  /** 選定, 補欠3位, 対象外 */
  decision(row: Row): string
  /** 選定区分: by which rule a hospital has its seat; null for one without. */
  basis(row: Row): string | null
  /** Why this hospital is where it is, as one sentence without its full stop. */
  why(row: Row): string
}

/** What the words look up, as a `Reading` has it. */
interface Decided {
  snapshot: Snapshot
  result: SelectionResult
  candidate(code: string): Candidate
  band(id: string | null): Band | null
  move(code: string): object | null
}

export function selectionTexts({
  snapshot,
  result,
  candidate,
  band: bandOf,
  move,
}: Decided): DecisionTexts<HospitalResult> {
  const ahead = seatsByOtherRules(result)
  // Whoever an officer moved has its rank by that, and the reason must not read as if the points alone had spoken.
  const byHand = ({ code, basis }: HospitalResult) => (move(code) && basis !== 'designated' ? BY_HAND : '')
  return {
    decision: decisionText,
    basis: ({ basis }) => basis && labelOf(BASES, basis),
    why(row) {
      const band = bandOf(row.band)
      if (row.decision === 'ineligible' || !band) return ineligibleText(row, candidate(row.code), snapshot)
      if (row.decision === 'waitlisted')
        return waitlistedText(row, band, ahead.get(band.id) ?? NO_ONE) + byHand(row)
      return selectedText(row, candidate(row.code), band, snapshot) + byHand(row)
    },
  }
}

const BY_HAND = '（順位は県の判断により変更）'

/** What keeps a selection from being confirmed, with what to do. */
export function problemTexts({ result, band }: Pick<Decided, 'result' | 'band'>): string[] {
  return result.problems.map((problem) => problemText(problem, bandLabel(band(problem.band)!)))
}

function problemText({ over }: SeatProblem, label: string): string {
  return `${label}の区分で、県の指定が支援枠を${over}病院超えています。指定を取り消すか、枠を見直してください。`
}

/** 41.50: points as they are shown. The engine counts in hundredths, in whole numbers. */
export function scoreText(score: number): string {
  return (score / 100).toFixed(2)
}

function decisionText({ decision, waitlistPosition }: HospitalResult): string {
  const label = labelOf(DECISIONS, decision)
  return waitlistPosition === null ? label : `${label}${waitlistPosition}位`
}

function selectedText(row: HospitalResult, candidate: Candidate, band: Band, { policy }: Snapshot): string {
  const inBand = `${bandLabel(band)}の区分で${row.bandRank}位（枠${band.seats}）`
  switch (row.basis!) {
    case 'designated':
      return candidate.override?.reason ?? ''
    case 'rank':
      return inBand
    case 'region_floor':
      return `${row.region}医療圏に${policy.regionFloor}病院以上を確保するため。${inBand}`
    case 'redistributed':
      return `他の区分で余った枠を、全体の順位（${row.rank}位）により配分`
  }
}

/** Hospitals of a band that have their seat by another rule than the ranking. */
interface Ahead {
  designated: number
  region_floor: number
}
const NO_ONE: Ahead = { designated: 0, region_floor: 0 }

function seatsByOtherRules({ results }: SelectionResult): Map<string, Ahead> {
  const ahead = new Map<string, Ahead>()
  for (const { band, basis } of results) {
    if (band === null || (basis !== 'designated' && basis !== 'region_floor')) continue
    const counts = ahead.get(band) ?? { ...NO_ONE }
    counts[basis] += 1
    ahead.set(band, counts)
  }
  return ahead
}

function waitlistedText({ bandRank }: HospitalResult, band: Band, ahead: Ahead): string {
  const place = `${bandLabel(band)}の区分で${bandRank}位（枠${band.seats}）`
  if (bandRank! > band.seats) return `${place}のため、枠に届かない`
  const others = [
    ahead.designated > 0 ? `県の指定（${ahead.designated}病院）` : '',
    ahead.region_floor > 0 ? `医療圏の確保枠（${ahead.region_floor}病院）` : '',
  ].filter(Boolean)
  return `${place}だが、${others.join('と') || '他の病院'}を優先したため`
}

function ineligibleText({ reason }: HospitalResult, candidate: Candidate, { policy }: Snapshot): string {
  const label = labelOf(INELIGIBLE_REASONS, reason!)
  const { submission, override, beds } = candidate
  switch (reason!) {
    case 'excluded':
      return `${label}：${override?.reason ?? ''}`
    case 'no_band':
      return `${label}（${beds}床）`
    case 'emr_too_late': {
      const planned = submission?.emrPlannedMonth ? monthText(submission.emrPlannedMonth) : '時期未定'
      const end = supportPeriodEndText(policy.supportPeriodEnd)
      return `${label}（導入予定：${planned}${end && `、支援期間：${end}まで`}）`
    }
    default:
      return label
  }
}
