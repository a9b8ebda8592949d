import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { type Comparison, compareResults } from '../../domain/selection/comparison.ts'
import { DECISIONS, type SelectionResult } from '../../domain/selection/result.ts'
import { select } from '../../domain/selection/select.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { type ChangeLine, changeLines } from '../../domain/selection/words/change-lines.ts'
import { problemText } from '../../domain/selection/words/problem.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import { labelOf } from '../../domain/text/choice.ts'

/** What an act would make of the draft. */
export interface Consequences {
  /** The hospital that it is about; null where it is about many. */
  own: { before: string; after: string } | null
  entering: ChangeLine[]
  leaving: ChangeLine[]
  rebased: ChangeLine[]
  /** The seats as they would be. */
  board: BandBoard
  /** Hospitals that would have another rank. */
  shifted: number
  /** What would keep the selection from being confirmed. */
  problems: string[]
  /** Of what is shown here: whoever does the act sends it back, so that nothing else happens than what was shown. */
  outcome: string
}

/** What an act is about. */
export interface Subject {
  /** Of the hospital; null where it is about many. */
  code: string | null
  /**
   * What officers have decided until now that the act takes the place of or builds on. Another decision meanwhile may
   * change nothing of the seats: it is not undone unseen all the same.
   */
  decided: readonly Decided[]
}

/** Each decision by itself: one that was undone and taken anew is another one. */
type Decided = { kind: 'override' | 'move'; id: number }

/** @param tried the draft's snapshot with the act done to it */
export function consequencesOf(
  draft: { snapshot: Snapshot; result: SelectionResult },
  tried: Snapshot,
  { code, decided }: Subject,
): Consequences {
  const compared = compareResults(tried.candidates, draft.result, select(tried))
  const lineOf = changeLines({ before: draft.snapshot, after: tried }, compared)
  const lines = {
    entering: compared.entering.map(lineOf),
    leaving: compared.leaving.map(lineOf),
    rebased: compared.rebased.map(lineOf),
    problems: compared.after.problems.map((problem) => problemText(problem, tried)),
  }
  return {
    ...lines,
    own:
      code === null ? null : { before: placeIn(compared.before, code), after: placeIn(compared.after, code) },
    board: bandBoard(tried, compared.after),
    shifted: shiftedIn(compared),
    outcome: outcomeOf(lines, decided),
  }
}

/** 補欠（第20位、区分内第3位） */
function placeIn({ results }: SelectionResult, code: string): string {
  const { decision, rank, bandRank } = results.find((row) => row.code === code)!
  const label = labelOf(DECISIONS, decision)
  return rank === null ? label : `${label}（第${rank}位、区分内第${bandRank}位）`
}

function shiftedIn({ before, after }: Comparison): number {
  const ranks = new Map(before.results.map(({ code, rank }) => [code, rank]))
  return after.results.filter(({ code, rank }) => rank !== null && rank !== ranks.get(code)).length
}

/** Of the seats, who changes places, and what was decided before: not of the points, which a late answer far away from all this may change. */
function outcomeOf(
  {
    entering,
    leaving,
    rebased,
    problems,
  }: Pick<Consequences, 'entering' | 'leaving' | 'rebased' | 'problems'>,
  decided: readonly Decided[],
): string {
  const codes = (changes: ChangeLine[]) => changes.map(({ code }) => code)
  const before = decided.map(({ kind, id }) => `${kind} ${id}`)
  return sha256Hex(canonicalJson([codes(entering), codes(leaving), codes(rebased), problems, before]))
}
