import { asc, eq } from 'drizzle-orm'
import type { Hospital } from '../domain/master/hospital.ts'
import type { Db, Transaction } from './open.ts'
import { hospitals } from './schema.ts'

export function allHospitals(db: Db | Transaction): Hospital[] {
  return db.select().from(hospitals).orderBy(asc(hospitals.key)).all().map(toHospital)
}

/** The very one, merged into another or not. */
export function hospitalByKey(db: Db | Transaction, key: string): Hospital | null {
  const row = db.select().from(hospitals).where(eq(hospitals.key, key)).get()
  return row ? toHospital(row) : null
}

/** By any of its codes; what was merged into another hospital names that other. */
export function hospitalNamed(db: Db, code: string): Hospital | null {
  const by = (column: typeof hospitals.key | typeof hospitals.medicalCode | typeof hospitals.naviiCode) =>
    db.select().from(hospitals).where(eq(column, code)).get()
  const row = by(hospitals.key) ?? by(hospitals.medicalCode) ?? by(hospitals.naviiCode)
  if (!row) return null
  return row.mergedInto === null ? toHospital(row) : hospitalNamed(db, row.mergedInto)
}

export function toHospital({ updatedAt: _, ...hospital }: typeof hospitals.$inferSelect): Hospital {
  return hospital
}
