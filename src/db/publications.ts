import { asc, eq } from 'drizzle-orm'
import type { ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { publications } from './schema.ts'

export type Publication = typeof publications.$inferSelect

interface NewPublication {
  round: number
  isShown: boolean
  /** The last one that was seen, 0 where none was: another one since overtakes it. */
  follows: number
}

export function publicationStore(db: Db) {
  return {
    /** What was decided of every round, the first one first: the last of a round counts. */
    all: (): Publication[] => db.select().from(publications).orderBy(asc(publications.id)).all(),

    set: (publication: NewPublication, by: ReasonedAct): 'set' | 'overtaken' =>
      immediately(db, (tx) => set(tx, publication, by)),
  }
}

function set(
  tx: Transaction,
  { follows, round, isShown }: NewPublication,
  { actor, at, reason }: ReasonedAct,
): 'set' | 'overtaken' {
  const before = tx
    .select()
    .from(publications)
    .where(eq(publications.round, round))
    .orderBy(asc(publications.id))
    .all()
    .at(-1)
  if ((before?.id ?? 0) !== follows) return 'overtaken'
  tx.insert(publications).values({ round, isShown, reason, setBy: actor, setAt: at }).run()
  appendAudit(tx, {
    at,
    actor,
    action: isShown ? 'publication.shown' : 'publication.hidden',
    subject: `round ${round}`,
    detail: { before: before?.isShown ?? null, reason },
  })
  return 'set'
}
