import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { rankMoves } from './schema.ts'

interface NewMove {
  hospitalCode: string
  /** 1 = first. */
  position: number
}

/** A hospital put at another place of the ranking; the undone ones stay with who undid them, when and why. */
export type RankMove = typeof rankMoves.$inferSelect

/** 順位の変更: applied one after the other on top of the points, within one round. */
export function rankMoveStore(db: Db) {
  return {
    /** Those in effect, in the order in which they apply. */
    active: (round: number): RankMove[] =>
      db.select().from(rankMoves).where(inEffect(round)).orderBy(asc(rankMoves.id)).all(),

    /** Of all rounds, the undone ones too, newest first. */
    all: (): RankMove[] => db.select().from(rankMoves).orderBy(desc(rankMoves.id)).all(),

    /** Applies after all others. An earlier move of the same hospital ends with it. */
    add: (round: number, move: NewMove, decision: ReasonedAct): void =>
      immediately(db, (tx) => add(tx, round, move, decision)),

    undo: (id: number, decision: ReasonedAct): 'undone' | 'not-in-effect' =>
      immediately(db, (tx) => undo(tx, id, decision)),

    /** These and no others from now on; each with its own reason. The decision is about the whole. */
    replaceAll: (
      round: number,
      moves: readonly (NewMove & { reason: string })[],
      decision: ReasonedAct,
    ): void => immediately(db, (tx) => replaceAll(tx, round, moves, decision)),
  }
}

function add(tx: Transaction, round: number, move: NewMove, { actor, at, reason }: ReasonedAct): void {
  const { hospitalCode, position } = move
  tx.update(rankMoves)
    .set({ undoneBy: actor, undoneAt: at })
    .where(and(inEffect(round), eq(rankMoves.hospitalCode, hospitalCode)))
    .run()
  tx.insert(rankMoves).values({ round, hospitalCode, position, reason, author: actor, createdAt: at }).run()
  const detail = { round, position, reason }
  appendAudit(tx, { at, actor, action: 'rank-move.added', subject: hospitalCode, detail })
}

function undo(tx: Transaction, id: number, { actor, at, reason }: ReasonedAct) {
  const wanted = and(eq(rankMoves.id, id), isNull(rankMoves.undoneAt))
  const found = tx.select().from(rankMoves).where(wanted).get()
  if (!found) return 'not-in-effect'
  const undone = { undoneBy: actor, undoneAt: at, undoneReason: reason }
  tx.update(rankMoves).set(undone).where(eq(rankMoves.id, id)).run()
  const { round, position, hospitalCode } = found
  const detail = { round, position, reason }
  appendAudit(tx, { at, actor, action: 'rank-move.undone', subject: hospitalCode, detail })
  return 'undone'
}

function replaceAll(
  tx: Transaction,
  round: number,
  moves: readonly (NewMove & { reason: string })[],
  { actor, at, reason }: ReasonedAct,
): void {
  const undone = { undoneBy: actor, undoneAt: at, undoneReason: reason }
  tx.update(rankMoves).set(undone).where(inEffect(round)).run()
  for (const move of moves)
    tx.insert(rankMoves)
      .values({ ...move, round, author: actor, createdAt: at })
      .run()
  const detail = { reason, moves: moves.map(({ hospitalCode, position }) => [hospitalCode, position]) }
  appendAudit(tx, { at, actor, action: 'rank-moves.replaced', subject: `round ${round}`, detail })
}

function inEffect(round: number) {
  return and(eq(rankMoves.round, round), isNull(rankMoves.undoneAt))
}
