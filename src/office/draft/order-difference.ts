import type { HospitalResult } from '../../domain/selection/result.ts'
import { select } from '../../domain/selection/select.ts'
import { rankingLineOf } from '../../domain/selection/words/ranking.ts'
import { type Consequences, consequencesOf, type Subject } from './consequences.ts'
import type { Draft, TriedMove } from './draft.ts'

/** What an order asked for would change: who moves from where to where, and what becomes of the seats. */
export interface OrderDifference {
  /** Moved by hand from now on, or to another place. */
  moved: ShiftLine[]
  /** Moved until now, and back where the points put them. */
  released: ShiftLine[]
  consequences: Consequences
}

export interface ShiftLine {
  code: string
  name: string
  band: string
  from: number
  to: number
  bandFrom: number
  bandTo: number
  before: string
  after: string
}

/** The moves in effect, as what an act on the ranking takes the place of or builds on. */
export function movesOf({ moves }: Pick<Draft, 'moves'>): Subject['decided'] {
  return moves.map(({ id }) => ({ kind: 'move', id }))
}

/** @param moves all that would be in effect */
export function orderDifference(draft: Draft, moves: readonly TriedMove[]): OrderDifference {
  const tried = draft.tried({ moves })
  const result = select(tried)
  const [lineBefore, lineAfter] = [rankingLineOf(draft.snapshot, draft.result), rankingLineOf(tried, result)]
  const before = new Map(draft.result.results.map((row) => [row.code, row]))
  const movedNow = new Set(moves.map(({ hospitalCode }) => hospitalCode))
  const movedBefore = new Set(draft.moves.map(({ hospitalCode }) => hospitalCode))
  const shifted = result.results.filter(({ code, rank }) => rank !== null && rank !== before.get(code)!.rank)
  const lineOf = (row: HospitalResult): ShiftLine => {
    const had = before.get(row.code)!
    const [from, to] = [lineBefore(had), lineAfter(row)]
    return {
      code: row.code,
      name: to.name,
      band: to.band,
      from: had.rank!,
      to: row.rank!,
      bandFrom: had.bandRank!,
      bandTo: row.bandRank!,
      before: from.decisionText,
      after: to.decisionText,
    }
  }
  return {
    moved: shifted.filter(({ code }) => movedNow.has(code)).map(lineOf),
    released: shifted.filter(({ code }) => !movedNow.has(code) && movedBefore.has(code)).map(lineOf),
    consequences: consequencesOf(draft, tried, { code: null, decided: movesOf(draft) }),
  }
}
