import type { Stores } from '../../db/stores.ts'
import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { rankingLineOf } from '../../domain/selection/words/ranking.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { OrderProblem } from '../../files/reports/order-sheet.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { officerNames } from '../../office/officer-names.ts'
import { movedHospitals } from './selection-lines.ts'

export interface OrderModel {
  /** In effect, in the order in which they apply. */
  moves: MoveLine[]
  /** Undone or replaced, newest first. */
  ended: EndedLine[]
  eligible: number
  board: BandBoard
  problems: OrderProblem[]
  done: string | null
}

export interface MoveLine {
  code: string
  name: string
  band: string
  /** Null where the hospital is in no ranking today. */
  rank: number | null
  naturalRank: number | null
  position: number
  reason: string
  by: string
}

export interface EndedLine {
  code: string
  name: string
  position: number
  reason: string
  endReason: string
  endedBy: string
}

/** The moves by hand that are in effect, and those that were. */
export function orderModel(
  stores: Stores,
  draft: Draft,
  { problems = [], done = null }: { problems?: OrderProblem[]; done?: string | null } = {},
): OrderModel {
  const { snapshot, result } = draft
  const lineOf = rankingLineOf(snapshot, result)
  const lines = new Map(result.results.map((row) => [row.code, () => lineOf(row)]))
  const movedOf = movedHospitals(snapshot)
  const nameOf = officerNames(stores)
  const by = (login: string, at: Date) => `${nameOf(login)}\n${dateTimeText(at)}`
  const ended = stores.rankMoves
    .all()
    .filter(({ round, undoneAt }) => round === snapshot.round && undoneAt !== null)
  return {
    moves: draft.moves.map(({ hospitalCode: code, position, reason, author, createdAt }) => {
      const { name, band, rank } = lines.get(code)!()
      const naturalRank = rank === null ? null : (movedOf(code)?.naturalRank ?? null)
      return { code, name, band, rank, naturalRank, position, reason, by: by(author, createdAt) }
    }),
    ended: ended.map((move) => ({
      code: move.hospitalCode,
      name: lines.get(move.hospitalCode)!().name,
      position: move.position,
      reason: move.reason,
      endReason: move.undoneReason ?? '同じ病院の新しい変更に置き換えたため',
      endedBy: by(move.undoneBy!, move.undoneAt!),
    })),
    eligible: result.results.filter(({ eligible }) => eligible).length,
    board: bandBoard(snapshot, result),
    problems,
    done,
  }
}
