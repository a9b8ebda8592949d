import { asc, eq, getTableColumns } from 'drizzle-orm'
import type { Hospital } from '../domain/master/hospital.ts'
import { decoderOf, keptRows } from './kept-rows.ts'
import type { Db, Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { hospitals } from './schema.ts'

/** All of them, the same ones as long as nothing changes. */
export function allHospitals(db: Db | Transaction): readonly Hospital[] {
  return keptHospitals(db)()
}

const keptHospitals = prepared((db) => {
  const rows = db.select().from(hospitals).orderBy(asc(hospitals.key)).prepare()
  const decoded = decoderOf<typeof hospitals.$inferSelect>(getTableColumns(hospitals))
  return keptRows(
    db,
    () => rows.values() as unknown[][],
    (changed) => changed.map((row) => toHospital(decoded(row))),
  )
})

/** The very one, merged into another or not. */
export function hospitalByKey(db: Db | Transaction, key: string): Hospital | null {
  const row = rowByKey(db).get({ code: key })
  return row ? toHospital(row) : null
}

const rowBy = (column: typeof hospitals.key | typeof hospitals.medicalCode | typeof hospitals.naviiCode) =>
  prepared((db) =>
    db
      .select()
      .from(hospitals)
      .where(eq(column, value('code')))
      .prepare(),
  )
const rowByKey = rowBy(hospitals.key)
const rowByMedicalCode = rowBy(hospitals.medicalCode)
const rowByNaviiCode = rowBy(hospitals.naviiCode)

/** By any of its codes; what was merged into another hospital names that other. */
export function hospitalNamed(db: Db, code: string): Hospital | null {
  const row =
    rowByKey(db).get({ code }) ?? rowByMedicalCode(db).get({ code }) ?? rowByNaviiCode(db).get({ code })
  if (!row) return null
  return row.mergedInto === null ? toHospital(row) : hospitalNamed(db, row.mergedInto)
}

export function toHospital({ updatedAt: _, ...hospital }: typeof hospitals.$inferSelect): Hospital {
  return hospital
}
