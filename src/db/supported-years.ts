import { eq } from 'drizzle-orm'
import { withSupportedYear } from '../domain/record/supported.ts'
import { fiscalYearText } from '../domain/text/dates.ts'
import type { ImportAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { storeHospital } from './hospital-changes.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { hospitals } from './schema.ts'

/** A year of an earlier survey, from the archive of one of its rounds. */
interface CarryOver extends ImportAct {
  year: number
  archive: { round: number; edition: number; sha256: string }
  /** How many of the archive's hospitals are not in today's master. */
  unknown: number
}

export function supportedYearStore(db: Db) {
  return {
    /** Puts the year down for hospitals that were supported in it; again is no change. @returns how many it is new for */
    add: (keys: readonly string[], by: CarryOver): number => immediately(db, (tx) => add(tx, keys, by)),
  }
}

function add(
  tx: Transaction,
  keys: readonly string[],
  { actor, at, source, year, archive, unknown }: CarryOver,
): number {
  let changed = 0
  for (const key of keys) {
    const row = tx.select().from(hospitals).where(eq(hospitals.key, key)).get()
    if (!row) throw new Error(`no hospital ${key}`)
    const { updatedAt: _, ...before } = row
    const after = { ...before, supportedIn: withSupportedYear(before.supportedIn, year) }
    if (after.supportedIn === before.supportedIn) continue
    storeHospital(tx, before, after, { kind: 'carried-over', actor, at, source })
    changed += 1
  }
  const detail = { source, ...archive, hospitals: keys.length, changed, unknown }
  const subject = fiscalYearText(year)
  appendAudit(tx, { at, actor, action: 'support.carried-over', subject, detail })
  return changed
}
