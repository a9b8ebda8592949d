import { asc, desc, eq, inArray, max } from 'drizzle-orm'
import type { Mark } from '../domain/answer/mark.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { answerMarks } from './schema.ts'

/** An answer beside the mark that its officer saw: what somebody else has marked since is not written over unseen. */
export interface Seen {
  number: string
  mark: Mark
}

/** The answers marked with one act. */
interface MarkAct {
  act: number
  mark: Mark
  numbers: string[]
  author: string
  /** Of those how many still have this mark, as the latest: an undo leads them back. */
  standing: number
}

type MarkOutcome = { kind: 'marked'; act: number } | { kind: 'changed-meanwhile'; numbers: string[] }

/** 照会中, 確認済: how far officers are with the answers. */
export function answerMarkStore(db: Db) {
  return {
    /** By 受付番号; without one there is no mark. */
    all: (): Map<string, Mark> => marksIn(db),

    /** One mark for all of them, or for none. */
    put: (seen: readonly Seen[], mark: Mark, by: Act): MarkOutcome =>
      immediately(db, (tx) => put(tx, seen, mark, by)),

    /** Null where there is no such act. */
    act: (act: number): MarkAct | null => actOf(db, act),

    /** Each goes back to what it was before, but those that somebody has marked since. @returns how many did */
    undo: (act: number, by: Act): number => immediately(db, (tx) => undo(tx, act, by)),
  }
}

function marksIn(db: Db | Transaction): Map<string, Mark> {
  const rows = db.select().from(answerMarks).orderBy(asc(answerMarks.id)).all()
  return new Map(rows.map(({ number, mark }) => [number, mark]))
}

function put(tx: Transaction, seen: readonly Seen[], mark: Mark, by: Act): MarkOutcome {
  const marks = marksIn(tx)
  const changed = seen.filter(({ number, mark: shown }) => (marks.get(number) ?? 'none') !== shown)
  if (changed.length > 0) return { kind: 'changed-meanwhile', numbers: changed.map(({ number }) => number) }
  const act = nextAct(tx)
  const numbers = seen.map(({ number }) => number)
  write(
    tx,
    numbers.map((number) => ({ number, mark, was: marks.get(number) ?? 'none' })),
    { act, undoes: null },
    by,
  )
  for (const number of numbers)
    appendAudit(tx, { ...by, action: 'submission.marked', subject: number, detail: { mark, act } })
  return { kind: 'marked', act }
}

function actOf(db: Db | Transaction, act: number): MarkAct | null {
  const rows = db
    .select()
    .from(answerMarks)
    .where(eq(answerMarks.act, act))
    .orderBy(asc(answerMarks.id))
    .all()
  const [first] = rows
  if (!first) return null
  const { mark, author } = first
  return {
    act,
    mark,
    numbers: rows.map(({ number }) => number),
    author,
    standing: standingOf(db, rows).length,
  }
}

type Row = typeof answerMarks.$inferSelect

/** Those that no later act has marked. */
function standingOf(db: Db | Transaction, rows: readonly Row[]): Row[] {
  const numbers = rows.map(({ number }) => number)
  const later = db
    .select({ number: answerMarks.number, last: max(answerMarks.id) })
    .from(answerMarks)
    .where(inArray(answerMarks.number, numbers))
    .groupBy(answerMarks.number)
    .all()
  const last = new Map(later.map((each) => [each.number, each.last]))
  return rows.filter(({ number, id }) => last.get(number) === id)
}

function undo(tx: Transaction, undone: number, by: Act): number {
  const rows = standingOf(tx, tx.select().from(answerMarks).where(eq(answerMarks.act, undone)).all())
  if (rows.length === 0) return 0
  const act = nextAct(tx)
  write(
    tx,
    rows.map(({ number, mark, was }) => ({ number, mark: was, was: mark })),
    { act, undoes: undone },
    by,
  )
  for (const { number, was } of rows)
    appendAudit(tx, {
      ...by,
      action: 'submission.mark-undone',
      subject: number,
      detail: { mark: was, act: undone },
    })
  return rows.length
}

function write(
  tx: Transaction,
  marks: readonly { number: string; mark: Mark; was: Mark }[],
  acts: { act: number; undoes: number | null },
  { actor, at }: Act,
): void {
  for (const each of marks)
    tx.insert(answerMarks)
      .values({ ...each, ...acts, author: actor, createdAt: at })
      .run()
}

function nextAct(tx: Transaction): number {
  const last = tx
    .select({ act: answerMarks.act })
    .from(answerMarks)
    .orderBy(desc(answerMarks.act))
    .limit(1)
    .get()
  return (last?.act ?? 0) + 1
}
