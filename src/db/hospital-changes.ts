import { asc, desc, eq } from 'drizzle-orm'
import { type ChangeKind, changedParts } from '../domain/master/change.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import type { Act } from './acts.ts'
import type { Db, Transaction } from './open.ts'
import { hospitalChanges, hospitalImports, hospitals } from './schema.ts'

/** Who changed what the master says of a hospital, by what act, and from where. */
export interface MasterAct extends Act {
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
export function recordChange(
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

/** Stores what the master says of a hospital from now on, with the change on the hospital's record. */
export function storeHospital(
  tx: Transaction,
  before: Hospital | null,
  after: Hospital,
  act: MasterAct,
): number | null {
  const row = { ...after, updatedAt: act.at }
  tx.insert(hospitals).values(row).onConflictDoUpdate({ target: hospitals.key, set: row }).run()
  return recordChange(tx, before, after, act)
}
