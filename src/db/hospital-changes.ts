import { asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { type ChangeKind, changedParts } from '../domain/master/change.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import type { Act } from './acts.ts'
import { settleByHand } from './hospital-facts.ts'
import type { Db, Transaction } from './open.ts'
import { hospitalChanges, hospitalImports, hospitals } from './schema.ts'

/** Who changed what the master says of a hospital, by what act, and from where. */
interface MasterAct extends Act {
  kind: ChangeKind
  /** The file, the letter or the call that it came from. */
  source?: string | null
  reason?: string | null
  /** The number of the import that it is a part of. */
  import?: number | null
}

export type HospitalChange = typeof hospitalChanges.$inferSelect
export type HospitalImport = typeof hospitalImports.$inferSelect

/** What became of the master: every import, and every hospital's changes. */
export function hospitalHistoryStore(db: Db) {
  return {
    /** Of one hospital, newest first. */
    ofHospital: (key: string): HospitalChange[] =>
      db
        .select()
        .from(hospitalChanges)
        .where(eq(hospitalChanges.hospitalCode, key))
        .orderBy(desc(hospitalChanges.id))
        .all(),

    /** By the hospitals that an import changed, in the order of the file. */
    ofImport: (id: number): HospitalChange[] =>
      db
        .select()
        .from(hospitalChanges)
        .where(eq(hospitalChanges.import, id))
        .orderBy(asc(hospitalChanges.id))
        .all(),

    /** Newest first. */
    imports: (limit = -1): HospitalImport[] =>
      db.select().from(hospitalImports).orderBy(desc(hospitalImports.id)).limit(limit).all(),

    importById: (id: number): HospitalImport | null =>
      db.select().from(hospitalImports).where(eq(hospitalImports.id, id)).get() ?? null,
  }
}

/**
 * Puts down, in the caller's transaction, what an act changed of a hospital; nothing where it changed nothing.
 * @param before null where the hospital comes into the master
 * @returns the number of the change, null where there was none
 */
function recordChange(
  tx: Transaction,
  before: Hospital | null,
  after: Hospital,
  { kind, at, actor, source = null, reason = null, import: of = null }: MasterAct,
): number | null {
  const parts = changedParts(before, after)
  if (!parts) return null
  const row = { hospitalCode: after.key, kind, at, actor, source, reason, import: of, ...parts }
  return tx.insert(hospitalChanges).values(row).returning({ id: hospitalChanges.id }).get().id
}

/**
 * Stores what the master says of a hospital from now on, with the change on the hospital's record; what was changed by
 * hand is settled with it.
 */
export function storeHospital(
  tx: Transaction,
  before: Hospital | null,
  after: Hospital,
  act: MasterAct,
): number | null {
  const row = { ...after, updatedAt: act.at }
  tx.insert(hospitals).values(row).onConflictDoUpdate({ target: hospitals.key, set: row }).run()
  if (BY_HAND.has(act.kind)) settleByHand(tx, before, after, { ...act, reason: act.reason ?? null })
  return recordChange(tx, before, after, act)
}

/** The same for many hospitals that one file speaks of. */
export function storeHospitals(
  tx: Transaction,
  changes: readonly { before: Hospital | null; hospital: Hospital }[],
  { kind, at, actor, source = null, reason = null, import: of = null }: MasterAct,
): void {
  for (const some of inChunks(changes)) {
    const rows = some.map(({ hospital }) => ({ ...hospital, updatedAt: at }))
    tx.insert(hospitals).values(rows).onConflictDoUpdate({ target: hospitals.key, set: AS_INSERTED }).run()
    const changed = some.flatMap(({ before, hospital }) => {
      const parts = changedParts(before, hospital)
      const row = { hospitalCode: hospital.key, kind, at, actor, source, reason, import: of }
      return parts ? [{ ...row, ...parts }] : []
    })
    if (changed.length > 0) tx.insert(hospitalChanges).values(changed).run()
  }
}

/** As many rows as one statement takes. */
export function inChunks<T>(all: readonly T[]): T[][] {
  const starts = Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) => index * CHUNK)
  return starts.map((start) => all.slice(start, start + CHUNK))
}

const CHUNK = 100

const AS_INSERTED = Object.fromEntries(
  Object.entries(getTableColumns(hospitals)).map(([field, { name }]) => [field, sql.raw(`excluded.${name}`)]),
)

/** What an officer types about a hospital itself, and no file says. */
const BY_HAND: ReadonlySet<ChangeKind> = new Set(['added', 'edited', 'corrected', 'merged'])
