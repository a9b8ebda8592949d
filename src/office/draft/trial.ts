import type { Override } from '../../db/overrides.ts'
import type { RankMove } from '../../db/rank-moves.ts'
import type { BandBoard } from '../../domain/selection/board.ts'
import { compareSelections } from '../../domain/selection/comparison.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import { DECISIONS } from '../../domain/selection/result.ts'
import { type ChangeLine, changeLine } from '../../domain/selection/words/comparison.ts'
import { problemTexts } from '../../domain/selection/words/decision.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import { labelOf } from '../../domain/text/choice.ts'

/** Decisions of officers that are not taken yet, in the place of all those that are. */
export interface Trial {
  overrides?: readonly TriedOverride[]
  moves?: readonly TriedMove[]
}
export type TriedOverride = Pick<Override, 'hospitalCode' | 'kind' | 'reason' | 'createdAt'>
export type TriedMove = Pick<RankMove, 'hospitalCode' | 'position' | 'reason'>

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

/**
 * @param draft as it is
 * @param tried as it would be with the act done
 */
export function consequencesOf(draft: Reading, tried: Reading, { code, decided }: Subject): Consequences {
  const compared = compareSelections(draft, tried)
  const lines = {
    entering: compared.entering.map((change) => changeLine(compared, change)),
    leaving: compared.leaving.map((change) => changeLine(compared, change)),
    rebased: compared.rebased.map((change) => changeLine(compared, change)),
    problems: problemTexts(tried),
  }
  return {
    ...lines,
    own: code === null ? null : { before: placeIn(draft, code), after: placeIn(tried, code) },
    board: tried.board(),
    shifted: shiftedRows(draft, tried).length,
    outcome: outcomeOf(lines, decided),
  }
}

/** The lines of all who would have another rank, in the order of the new ranking. */
export function shiftedRows(draft: Reading, tried: Reading): Reading['rows'] {
  return tried.rows.filter(({ code, rank }) => rank !== null && rank !== draft.row(code).rank)
}

/** 補欠（第20位、区分内第3位） */
function placeIn({ row, texts }: Reading, code: string): string {
  const { decision, rank, bandRank } = row(code)
  if (rank === null) return texts.decision(row(code))
  return `${labelOf(DECISIONS, decision)}（第${rank}位、区分内第${bandRank}位）`
}

/**
 * Of the seats, who changes places, and what was decided before: not of the points, which a late answer far away from
 * all this may change.
 */
function outcomeOf(
  lines: Pick<Consequences, 'entering' | 'leaving' | 'rebased' | 'problems'>,
  decided: readonly Decided[],
): string {
  const codes = (changes: ChangeLine[]) => changes.map(({ code }) => code)
  const changes = [codes(lines.entering), codes(lines.leaving), codes(lines.rebased)]
  const before = decided.map(({ kind, id }) => `${kind} ${id}`)
  return sha256Hex(canonicalJson([...changes, lines.problems, before]))
}
