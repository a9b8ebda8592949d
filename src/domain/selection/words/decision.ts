import { HOSPITAL_FUNCTIONS } from '../../master/hospital.ts'
import type { Prefecture } from '../../survey/prefecture.ts'
import { labelOf } from '../../text/choice.ts'
import { monthText } from '../../text/dates.ts'
import { basesOf, type SeatProblem } from '../allotment.ts'
import { type Band, bandLabel } from '../bands.ts'
import { type IneligibleReason, ineligibleReasons } from '../eligibility.ts'
import { refusedAnswers } from '../questions.ts'
import { DECISIONS, type HospitalResult, type SelectionResult } from '../result.ts'
import type { Candidate, Snapshot } from '../snapshot.ts'
import { supportPeriodEndText } from './policy.ts'

/** What was decided, in the words that an officer reads and the ministry gets. No score, no weakness. */
export interface DecisionTexts<Row> {
  /** 選定, 補欠第3位, 対象外; 除外, 選定済み and 辞退済み where it is not for want of a qualification */
  decision(row: Row): string
  /** 選定区分: by which rule a hospital has its seat; null for one without. */
  basis(row: Row): string | null
  /** Why this hospital is where it is, as one sentence without its full stop. */
  why(row: Row): string
  /** The same for the ministry, with what the hospital does: …の区分で第1位（支援枠1）。救命救急センター、災害拠点病院 */
  statement(row: Row): string
}

/** What the words look up, as a `Reading` has it. */
interface Decided {
  snapshot: Snapshot
  result: SelectionResult
  place: Prefecture
  candidate(code: string): Candidate
  band(id: string | null): Band | null
  move(code: string): object | null
}

export function selectionTexts({
  snapshot,
  result,
  place,
  candidate,
  band: bandOf,
  move,
}: Decided): DecisionTexts<HospitalResult> {
  const ahead = seatsByOtherRules(result)
  // Whoever an officer moved has its rank by that, and the reason must not read as if the points alone had spoken.
  const byHand = ({ code, basis }: HospitalResult) =>
    move(code) && basis !== 'designated' ? `（順位は${place.kind}の判断により変更）` : ''
  const why = (row: HospitalResult) => {
    const band = bandOf(row.band)
    const known = { candidate: candidate(row.code), snapshot, place }
    if (row.decision === 'ineligible' || !band) return ineligibleText(row, known)
    if (row.decision === 'waitlisted')
      return waitlistedText(row, band, ahead.get(band.id) ?? NO_ONE, known) + byHand(row)
    return selectedText(row, band, known) + byHand(row)
  }
  return {
    decision: (row) => decisionText(row, candidate(row.code)),
    basis: ({ basis }) => basis && labelOf(basesOf(place), basis),
    why,
    statement: (row) => [why(row), functionsText(candidate(row.code))].filter(Boolean).join('。'),
  }
}

/** What is said of one hospital from. */
interface Known {
  candidate: Candidate
  snapshot: Snapshot
  place: Prefecture
}

/** A reason as an officer typed it, where a full stop follows. */
export function withoutStop(reason: string): string {
  return reason.endsWith('。') ? reason.slice(0, -1) : reason
}

/** 救命救急センター、災害拠点病院: a 救命救急センター is a 救急告示病院 as well. */
export function functionsText({ functions }: Candidate): string {
  const told = HOSPITAL_FUNCTIONS.filter(
    ({ id }) => functions.includes(id) && !(id === 'emergency' && functions.includes('emergency_center')),
  )
  return told.map(({ label }) => label).join('、')
}

/** 支援枠2; 追加の枠2 in an 追加選定, which has what is left of them. */
export function seatsText({ round }: Pick<Snapshot, 'round'>, seats: number): string {
  return `${round > 1 ? '追加の枠' : '支援枠'}${seats}`
}

/**
 * What keeps a selection from being confirmed, with what to do.
 * @param concerned which of the problems are asked for
 */
export function problemTexts(
  { result, band, place }: Pick<Decided, 'result' | 'band' | 'place'>,
  concerned: (problem: SeatProblem) => boolean = () => true,
): string[] {
  return result.problems
    .filter(concerned)
    .map((problem) => problemText(problem, bandLabel(band(problem.band)!), place))
}

function problemText({ over }: SeatProblem, label: string, { kind }: Prefecture): string {
  return `${label}の区分で、${kind}の指定が枠を${over}病院超えています。指定を取り消すか、枠を見直してください。`
}

/** 41.50: points as they are shown. The engine counts in hundredths, in whole numbers. */
export function scoreText(score: number): string {
  return (score / 100).toFixed(2)
}

function decisionText(
  { decision, waitlistPosition, reason }: HospitalResult,
  { override }: Candidate,
): string {
  const label = labelOf(DECISIONS, decision)
  if (reason === 'excluded' && OF_OTHER_ROUND.test(override!.reason))
    return NOT_FOR_WANT[override!.reason.endsWith('辞退') ? 'already_declined' : 'already_selected']!
  if (reason !== null) return NOT_FOR_WANT[reason] ?? label
  return waitlistPosition === null ? label : `${label}第${waitlistPosition}位`
}

/** 対象外 is who has not what the programme asks for. */
const NOT_FOR_WANT: Partial<Record<IneligibleReason, string>> = {
  excluded: '除外',
  already_selected: '選定済み',
  already_declined: '辞退済み',
}

function selectedText(row: HospitalResult, band: Band, { candidate, snapshot }: Known): string {
  const inBand = `${bandLabel(band)}の区分で第${row.bandRank}位（${seatsText(snapshot, band.seats)}）`
  switch (row.basis!) {
    case 'designated':
      return withoutStop(candidate.override?.reason ?? '')
    case 'rank':
      return inBand
    case 'region_floor':
      return `${row.region}医療圏に${snapshot.policy.regionFloor}病院以上を確保するため。${inBand}`
    case 'redistributed':
      return `ほかの区分で余った枠を、全体の順位（第${row.rank}位）により配分`
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

function waitlistedText(
  { bandRank }: HospitalResult,
  band: Band,
  ahead: Ahead,
  { snapshot, place: { kind } }: Known,
): string {
  const label = bandLabel(band)
  if (band.seats === 0) return `${label}の区分には、${snapshot.round > 1 ? '追加の枠' : '支援枠'}がありません`
  const place = `${label}の区分で第${bandRank}位（${seatsText(snapshot, band.seats)}）`
  if (bandRank! > band.seats) return `${place}のため、枠内に入りません`
  const others = [
    ahead.designated > 0 ? `${kind}の指定（${ahead.designated}病院）` : '',
    ahead.region_floor > 0 ? `医療圏の確保枠（${ahead.region_floor}病院）` : '',
  ].filter(Boolean)
  return `${place}ですが、${others.join('と') || 'ほかの病院'}を優先したため、枠内に入りません`
}

/** Until a snapshot knew of other rounds it had a hospital of theirs as excluded, with this for a reason. */
const OF_OTHER_ROUND = /^(初回選定|追加選定（第\d+回）)(で選定済み|の後に辞退)$/

function ineligibleText({ reason }: HospitalResult, { candidate, snapshot, place }: Known): string {
  const { policy } = snapshot
  const label = labelOf(ineligibleReasons(place), reason!)
  const { submission, override, beds } = candidate
  switch (reason!) {
    case 'excluded':
      return OF_OTHER_ROUND.test(override!.reason)
        ? override!.reason
        : `${label}：${withoutStop(override!.reason)}`
    case 'no_band':
      return `${label}（${beds}床）`
    case 'emr_too_late': {
      const planned = submission?.emrPlannedMonth ? monthText(submission.emrPlannedMonth) : '時期未定'
      const end = supportPeriodEndText(policy.supportPeriodEnd)
      return `${label}（導入予定：${planned}${end && `、支援期間：${end}まで`}）`
    }
    case 'already_supported':
      return `${label}（${candidate.supportedIn}）`
    case 'answer': {
      const given = refusedAnswers(policy.questions ?? [], submission?.extra ?? {})
      return `${label}（${given.map(({ question, option }) => `${question.label}：${option.label}`).join('、')}）`
    }
    default:
      return label
  }
}
