import { canonicalJson, sha256Hex } from '../text/canonical.ts'
import { allot, seatProblemsOf } from './allotment.ts'
import { fieldOf } from './field.ts'
import { withMoves } from './moves.ts'
import { rank } from './rank.ts'
import { RESULT_FORMAT, type SelectionResult } from './result.ts'
import { ineligibleRows, rankedRows } from './rows.ts'
import { weightsOf } from './score.ts'
import type { Snapshot } from './snapshot.ts'
import { bandTallies, regionTallies } from './tallies.ts'

/**
 * Who is selected, in which order, and why: a pure function of the snapshot, in whole numbers throughout, so
 * that anyone who holds the file gets the same bytes.
 *
 * To try many points on the same facts, prepare them once with `fieldOf` and call `rank` and `allot`.
 */
export function select(snapshot: Snapshot): SelectionResult {
  const { policy, moves = [] } = snapshot
  const field = fieldOf(snapshot)
  const ranked = withMoves(rank(field, policy), moves, ({ entrant }) => entrant.candidate.code)
  const allotment = allot(field, ranked, policy)
  return {
    format: RESULT_FORMAT,
    snapshotSha256: sha256Hex(canonicalJson(snapshot)),
    results: [
      ...rankedRows(field, ranked, allotment),
      ...ineligibleRows(field, weightsOf(policy.criteria, policy.questions)),
    ],
    bands: bandTallies(field, ranked, allotment),
    regions: regionTallies(field, ranked, allotment, policy.regionFloor),
    problems: seatProblemsOf(field),
  }
}
