import { and, asc, desc, eq } from 'drizzle-orm'
import { GROUND_IDS, type Ground } from '../domain/disclosure/classes.ts'
import type { ClassChange } from '../domain/disclosure/in-force.ts'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { disclosureClasses, disclosureWordings } from './schema.ts'

/** A decision about a column, with who made it. */
export interface StoredClassChange extends ClassChange {
  id: number
  reason: string
  setBy: string
  setAt: Date
}

interface NewClassChange extends ClassChange {
  /** The last one of the column that was seen, 0 where none was: another one since overtakes it. */
  follows: number
}

/** The ordinance and the words of its grounds; '' where the shipped ones count. */
interface DisclosureWording {
  id: number
  ordinance: string
  wordings: Readonly<Record<Ground, string>>
}

export function disclosureStore(db: Db) {
  return {
    /** Of every column, the first one first: the last of a column counts. */
    changes: (): StoredClassChange[] =>
      db.select().from(disclosureClasses).orderBy(asc(disclosureClasses.id)).all().map(toChange),

    decide: (change: NewClassChange, by: ReasonedAct): 'decided' | 'overtaken' =>
      immediately(db, (tx) => decide(tx, change, by)),

    /** Number 0 where nobody has put in any. */
    wording: (): DisclosureWording => wordingOf(db),

    /** @param follows the one that was seen */
    reword: (
      wording: Omit<DisclosureWording, 'id'>,
      follows: number,
      by: Act,
    ): 'saved' | 'unchanged' | 'overtaken' => immediately(db, (tx) => reword(tx, wording, follows, by)),
  }
}

function decide(
  tx: Transaction,
  { follows, document, column, grounds }: NewClassChange,
  { actor, at, reason }: ReasonedAct,
): 'decided' | 'overtaken' {
  const row = tx
    .select()
    .from(disclosureClasses)
    .where(and(eq(disclosureClasses.document, document), eq(disclosureClasses.column, column)))
    .orderBy(desc(disclosureClasses.id))
    .limit(1)
    .get()
  if ((row?.id ?? 0) !== follows) return 'overtaken'
  tx.insert(disclosureClasses)
    .values({ document, column, grounds: [...grounds], reason, setBy: actor, setAt: at })
    .run()
  const detail = { column, before: row?.grounds ?? null, after: [...grounds], reason }
  appendAudit(tx, { at, actor, action: 'disclosure.classed', subject: document, detail })
  return 'decided'
}

function wordingOf(db: Db | Transaction): DisclosureWording {
  const row = db.select().from(disclosureWordings).orderBy(desc(disclosureWordings.id)).limit(1).get()
  const of = (ground: Ground) => row?.wordings[ground] ?? ''
  return {
    id: row?.id ?? 0,
    ordinance: row?.ordinance ?? '',
    wordings: Object.fromEntries(GROUND_IDS.map((ground) => [ground, of(ground)])) as Record<Ground, string>,
  }
}

function reword(
  tx: Transaction,
  { ordinance, wordings }: Omit<DisclosureWording, 'id'>,
  follows: number,
  { actor, at }: Act,
): 'saved' | 'unchanged' | 'overtaken' {
  const before = wordingOf(tx)
  const isSame =
    before.ordinance === ordinance &&
    GROUND_IDS.every((ground) => before.wordings[ground] === wordings[ground])
  if (isSame) return 'unchanged'
  if (before.id !== follows) return 'overtaken'
  tx.insert(disclosureWordings).values({ ordinance, wordings, setBy: actor, setAt: at }).run()
  const detail = {
    before: { ordinance: before.ordinance, ...before.wordings },
    after: { ordinance, ...wordings },
  }
  appendAudit(tx, { at, actor, action: 'disclosure.worded', subject: 'disclosure', detail })
  return 'saved'
}

function toChange({ grounds, ...row }: typeof disclosureClasses.$inferSelect): StoredClassChange {
  return { ...row, grounds: GROUND_IDS.filter((ground) => grounds.includes(ground)) }
}
