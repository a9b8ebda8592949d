import { asc, eq } from 'drizzle-orm'
import type { Hospital } from '../domain/master/hospital.ts'
import {
  type MasterChange,
  type MasterMerge,
  type MergeOptions,
  mergeIntoMaster,
} from '../domain/master/merge.ts'
import type { ImportAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { hospitals } from './schema.ts'

interface ImportCounts {
  added: number
  changed: number
  unchanged: number
  /** Names of rows that fit two hospitals of the master at once. Where there is one, nothing was stored. */
  conflicts: string[]
}

/** The same, with what an officer should know before it is done. */
export interface ImportPreview extends ImportCounts, Pick<MasterMerge, 'blanks' | 'lost' | 'missing'> {}

/** Hospitals as read from a file, and the fields the file speaks of. */
interface HospitalList extends MergeOptions {
  hospitals: readonly Hospital[]
  fields: readonly (keyof Hospital)[]
}

export function hospitalStore(db: Db) {
  return {
    /** Closed ones too: for whatever was once about one of them. */
    all: (): Hospital[] => allHospitals(db),

    /** Without the closed: who is asked, offered, counted and ranked. */
    operating: (): Hospital[] => allHospitals(db).filter(({ isClosed }) => !isClosed),

    /** By the master's key, or by 医療機関コード or 機関コード: whichever somebody has at hand. */
    byCode(code: string): Hospital | null {
      const named = (
        column: typeof hospitals.key | typeof hospitals.medicalCode | typeof hospitals.naviiCode,
      ) => db.select().from(hospitals).where(eq(column, code)).get()
      const row = named(hospitals.key) ?? named(hospitals.medicalCode) ?? named(hospitals.naviiCode)
      return row ? toHospital(row) : null
    },

    /** What an import would do, without doing it. */
    compare(list: HospitalList): ImportCounts {
      const { changes, conflicts } = merged(db, list)
      return { ...counts(changes), conflicts }
    },

    preview(list: HospitalList): ImportPreview {
      const { changes, ...rest } = merged(db, list)
      return { ...counts(changes), ...rest }
    },

    /** All rows or none. Hospitals that the file does not name stay as they are. */
    import: (list: HospitalList, by: ImportAct): ImportCounts =>
      immediately(db, (tx) => importAll(tx, list, by)),
  }
}

function importAll(tx: Transaction, list: HospitalList, { actor, at, source }: ImportAct): ImportCounts {
  const { changes, conflicts } = merged(tx, list)
  const result = { ...counts(changes), conflicts }
  if (conflicts.length > 0) return result
  for (const { kind, hospital } of changes) {
    if (kind === 'unchanged') continue
    const row = { ...hospital, updatedAt: at }
    tx.insert(hospitals).values(row).onConflictDoUpdate({ target: hospitals.key, set: row }).run()
  }
  appendAudit(tx, {
    at,
    actor,
    action: 'hospitals.imported',
    subject: source,
    detail: { ...counts(changes), ...(list.blank === 'clear' && { blank: 'clear' }) },
  })
  return result
}

function merged(db: Db | Transaction, { hospitals, fields, ...options }: HospitalList): MasterMerge {
  return mergeIntoMaster(allHospitals(db), hospitals, fields, options)
}

function allHospitals(db: Db | Transaction): Hospital[] {
  return db.select().from(hospitals).orderBy(asc(hospitals.key)).all().map(toHospital)
}

function counts(changes: MasterChange[]) {
  const of = (kind: MasterChange['kind']) => changes.filter((change) => change.kind === kind).length
  return { added: of('added'), changed: of('changed'), unchanged: of('unchanged') }
}

function toHospital({ updatedAt: _, ...hospital }: typeof hospitals.$inferSelect): Hospital {
  return hospital
}
