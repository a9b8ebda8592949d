import { eq, lt, or } from 'drizzle-orm'
import { Sealed } from '../domain/answer/sealed.ts'
import type { Act } from './acts.ts'
import { openedRows } from './gmis.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { gmisStagedRows, gmisStages } from './schema.ts'

type Stage = typeof gmisStages.$inferSelect

/**
 * A GMIS file that somebody looks at before it is taken in. Not one of `staged_imports`: those keep a file whole, and of
 * this one only rows with consent may be stored, each of which has to go by itself once that is withdrawn.
 */
type NewGmisStage = Omit<Stage, 'id' | 'author' | 'createdAt'>

interface GmisStage extends Stage {
  /** The cells of the hospitals that consented, by key: in the order of the columns. */
  rows: Map<string, Sealed<readonly string[]>>
}

/** What nobody has taken in after this long is not waited for. */
const KEPT_FOR = 24 * 60 * 60 * 1000

export function gmisStageStore(db: Db) {
  return {
    /**
     * Keeps what recorded consent allows; the rest of the file is not stored. What the same officer looked at before goes.
     * It is no act yet and stands on no record: looking again at the same file leaves the same.
     */
    add: (stage: NewGmisStage, rows: ReadonlyMap<string, Sealed<readonly string[]>>, by: Act): number =>
      immediately(db, (tx) => add(tx, stage, rows, by)),

    byId(id: number): GmisStage | null {
      const stage = db.select().from(gmisStages).where(eq(gmisStages.id, id)).get()
      if (!stage) return null
      const rows = db.select().from(gmisStagedRows).where(eq(gmisStagedRows.stage, id)).all()
      return {
        ...stage,
        rows: new Map(rows.map(({ hospitalCode, cells }) => [hospitalCode, new Sealed(cells)])),
      }
    },
  }
}

function add(
  tx: Transaction,
  stage: NewGmisStage,
  rows: ReadonlyMap<string, Sealed<readonly string[]>>,
  { actor, at }: Act,
): number {
  const isOld = lt(gmisStages.createdAt, new Date(at.getTime() - KEPT_FOR))
  const gone = tx
    .delete(gmisStages)
    .where(or(isOld, eq(gmisStages.author, actor)))
    .returning({ id: gmisStages.id })
    .all()
  for (const { id } of gone) tx.delete(gmisStagedRows).where(eq(gmisStagedRows.stage, id)).run()
  const { opened } = openedRows(tx, rows)
  const { id } = tx
    .insert(gmisStages)
    .values({ ...stage, author: actor, createdAt: at })
    .returning({ id: gmisStages.id })
    .get()
  for (const [hospitalCode, cells] of opened)
    tx.insert(gmisStagedRows)
      .values({ stage: id, hospitalCode, cells: [...cells] })
      .run()
  return id
}
