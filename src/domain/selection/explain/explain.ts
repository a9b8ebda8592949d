import { bandIndexOf } from '../bands.ts'
import { type IneligibleReason, obstaclesOf } from '../eligibility.ts'
import type { Move } from '../moves.ts'
import type { CriterionId } from '../policy.ts'
import type { Ranked } from '../rank.ts'
import type { HospitalResult, SelectionResult } from '../result.ts'
import { weightsOf } from '../score.ts'
import { select } from '../select.ts'
import type { Candidate, Snapshot } from '../snapshot.ts'
import { contestOf } from './contest.ts'
import { type Peer, type Standing, standingOf } from './standing.ts'

/** Why a hospital is where it is: facts only, each of which a run of the engine on changed facts confirms. */
export interface Explanation {
  candidate: Candidate
  row: HospitalResult
  /** Criteria that give points, in their order. */
  contributions: Contribution[]
  /** Everything that keeps it out; empty where it is eligible. */
  obstacles: IneligibleReason[]
  /** Its move by hand; without effect on an ineligible hospital. */
  move: Move | null
  /** Null where it is not eligible. */
  standing: Standing | null
}

export interface Contribution {
  criterion: CriterionId
  points: number
  value: number
  /** points × value, in hundredths of a point. */
  score: number
  /** Of the hospital's own score, in thousandths, rounded half up; 0 where that is 0. */
  share: number
}

/**
 * Prepares a selection once, then explains any of its hospitals by code.
 * @param result of the snapshot, where it is at hand
 * @throws RangeError on a code that is not in the snapshot
 */
export function explain(
  snapshot: Snapshot,
  result: SelectionResult = select(snapshot),
): (code: string) => Explanation {
  const contest = contestOf(snapshot)
  const rows = new Map(result.results.map((row) => [row.code, row]))
  const candidates = new Map(snapshot.candidates.map((candidate) => [candidate.code, candidate]))
  const moves = new Map(snapshot.moves?.map((move) => [move.code, move]))
  const { bands, supportPeriodEnd } = snapshot.policy
  const peer = ({ entrant }: Ranked): Peer => ({
    name: entrant.candidate.name,
    row: rows.get(entrant.candidate.code)!,
  })
  return (code) => {
    const candidate = candidates.get(code)
    const row = rows.get(code)
    if (!candidate || !row) throw new RangeError(`no hospital ${code}`)
    return {
      candidate,
      row,
      contributions: contributionsOf(row, snapshot),
      obstacles: obstaclesOf(candidate, bandIndexOf(bands, candidate.beds) >= 0, supportPeriodEnd),
      move: moves.get(code) ?? null,
      standing: row.rank === null ? null : standingOf(contest, row.rank - 1, peer),
    }
  }
}

function contributionsOf({ values, score: total }: HospitalResult, { policy }: Snapshot): Contribution[] {
  return weightsOf(policy.criteria).map(([criterion, points]) => {
    const value = values[criterion]
    const score = points * value
    const share = total === 0 ? 0 : Math.floor((2000 * score + total) / (2 * total))
    return { criterion, points, value, score, share }
  })
}
