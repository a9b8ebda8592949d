import { isDeepStrictEqual } from 'node:util'
import { asc, eq } from 'drizzle-orm'
import type { Hospital } from '../domain/hospital.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { hospitals } from './schema.ts'

export type HospitalStore = ReturnType<typeof hospitalStore>

export interface ImportCounts {
  added: number
  changed: number
  unchanged: number
}

export function hospitalStore(db: Db) {
  return {
    all: (): Hospital[] => db.select().from(hospitals).orderBy(asc(hospitals.code)).all().map(toHospital),

    byCode(code: string): Hospital | null {
      const row = db.select().from(hospitals).where(eq(hospitals.code, code)).get()
      return row ? toHospital(row) : null
    },

    /** What an import would do, without doing it. */
    compare: (incoming: Hospital[]): ImportCounts => counts(db, incoming),

    /** All rows or none. Hospitals that the file does not name stay as they are. */
    import: (incoming: Hospital[], by: { actor: string; at: Date; source: string }): ImportCounts =>
      immediately(db, (tx) => importAll(tx, incoming, by)),
  }
}

function importAll(
  tx: Transaction,
  incoming: Hospital[],
  { actor, at, source }: { actor: string; at: Date; source: string },
): ImportCounts {
  const result = counts(tx, incoming)
  for (const hospital of incoming) {
    const row = { ...hospital, updatedAt: at }
    tx.insert(hospitals).values(row).onConflictDoUpdate({ target: hospitals.code, set: row }).run()
  }
  appendAudit(tx, { at, actor, action: 'hospitals.imported', subject: source, detail: { ...result } })
  return result
}

function counts(db: Db | Transaction, incoming: Hospital[]): ImportCounts {
  const known = new Map(
    db
      .select()
      .from(hospitals)
      .all()
      .map((row) => [row.code, toHospital(row)]),
  )
  const result = { added: 0, changed: 0, unchanged: 0 }
  for (const hospital of incoming) {
    const before = known.get(hospital.code)
    if (before === undefined) result.added += 1
    else if (isDeepStrictEqual(before, hospital)) result.unchanged += 1
    else result.changed += 1
  }
  return result
}

function toHospital({ updatedAt: _, ...hospital }: typeof hospitals.$inferSelect): Hospital {
  return hospital
}
