import { asc, eq } from 'drizzle-orm'
import type { ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { prepared } from './prepared.ts'
import { publications } from './schema.ts'

export type Publication = typeof publications.$inferSelect

interface NewPublication {
  round: number
  isShown: boolean
  /** A hospital reads its own points beside the lowest of its band. */
  showsPoints?: boolean
  /** The last one that was seen, 0 where none was: another one since overtakes it. */
  follows: number
}

const everyRow = prepared((db) => db.select().from(publications).orderBy(asc(publications.id)).prepare())

export function publicationStore(db: Db) {
  return {
    /** What was decided of every round, the first one first: the last of a round counts. */
    all: (): Publication[] => everyRow(db).all(),

    set: (publication: NewPublication, by: ReasonedAct): 'set' | 'overtaken' =>
      immediately(db, (tx) => set(tx, publication, by)),
  }
}

function set(
  tx: Transaction,
  { follows, round, isShown, showsPoints = false }: NewPublication,
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
  tx.insert(publications).values({ round, isShown, showsPoints, reason, setBy: actor, setAt: at }).run()
  appendAudit(tx, {
    at,
    actor,
    action: actionOf(before, { isShown, showsPoints }),
    subject: `round ${round}`,
    detail: { before: before?.isShown ?? null, ...(showsPoints && { points: true }), reason },
  })
  return 'set'
}

/** Of a round that is shown already it is the points that begin or end to be. */
function actionOf(
  before: Publication | undefined,
  { isShown, showsPoints }: { isShown: boolean; showsPoints: boolean },
): string {
  if (!isShown) return 'publication.hidden'
  if (!before?.isShown || (before.showsPoints ?? false) === showsPoints) return 'publication.shown'
  return showsPoints ? 'publication.points-shown' : 'publication.points-hidden'
}
