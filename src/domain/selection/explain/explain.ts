import { bandIndexOf } from '../bands.ts'
import { type IneligibleReason, obstaclesOf } from '../eligibility.ts'
import type { Move } from '../moves.ts'
import type { PointId } from '../policy.ts'
import type { Ranked } from '../rank.ts'
import type { Reading } from '../reading.ts'
import type { HospitalResult } from '../result.ts'
import { weightsOf } from '../score.ts'
import type { Candidate, Snapshot } from '../snapshot.ts'
import { type Peer, type Standing, standingOf } from './standing.ts'

/** Why a hospital is where it is: facts only, each of which a run of the engine on changed facts confirms. */
export interface Explanation {
  candidate: Candidate
  row: HospitalResult
  /** Criteria and further questions that give points, in their order. */
  contributions: Contribution[]
  /** Everything that keeps it out; empty where it is eligible. */
  obstacles: IneligibleReason[]
  /** Its move by hand; without effect on an ineligible hospital. */
  move: Move | null
  /** Null where it is not eligible. */
  standing: Standing | null
}

interface Contribution {
  criterion: PointId
  points: number
  value: number
  /** points × value, in hundredths of a point. */
  score: number
  /** Of the hospital's own score, in thousandths, rounded half up; 0 where that is 0. */
  share: number
}

/**
 * Explains one hospital of a selection.
 * @throws RangeError on a code that is not in the snapshot
 */
export function explain(reading: Reading, code: string): Explanation {
  const { snapshot } = reading
  const { bands, supportPeriodEnd } = snapshot.policy
  const [candidate, row] = [reading.candidate(code), reading.row(code)]
  const peer = ({ entrant }: Ranked): Peer => ({
    name: entrant.candidate.name,
    row: reading.row(entrant.candidate.code),
  })
  return {
    candidate,
    row,
    contributions: contributionsOf(row, snapshot),
    obstacles: obstaclesOf(
      candidate,
      bandIndexOf(bands, candidate.beds) >= 0,
      supportPeriodEnd,
      snapshot.policy,
    ),
    move: reading.move(code),
    standing: row.rank === null ? null : standingOf(reading.contest(), row.rank - 1, peer),
  }
}

function contributionsOf({ values, score: total }: HospitalResult, { policy }: Snapshot): Contribution[] {
  return weightsOf(policy.criteria, policy.questions).map(([criterion, points]) => {
    const value = values[criterion]!
    const score = points * value
    const share = total === 0 ? 0 : Math.floor((2000 * score + total) / (2 * total))
    return { criterion, points, value, score, share }
  })
}
