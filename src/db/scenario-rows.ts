import { and, eq, isNull } from 'drizzle-orm'
import type { Db, Transaction } from './open.ts'
import { latestVersion, type PolicyVersion } from './policy-versions.ts'
import { scenarios } from './schema.ts'

/** 検討案: a named policy beside the current one. It decides nothing until it is adopted. */
export interface Scenario {
  id: number
  name: string
  /** The version of the policy that it was made from. */
  basedOn: number
  author: string
  createdAt: Date
  archivedAt: Date | null
  latest: PolicyVersion
}

export function findScenario(db: Db | Transaction, id: number): Scenario | null {
  const row = db.select().from(scenarios).where(eq(scenarios.id, id)).get()
  return row ? toScenario(db, row) : null
}

/** Whoever changes a scenario has looked it up. */
export function storedScenario(tx: Transaction, id: number): Scenario {
  const scenario = findScenario(tx, id)
  if (!scenario) throw new Error(`no scenario ${id}`)
  return scenario
}

export function toScenario(db: Db | Transaction, row: typeof scenarios.$inferSelect): Scenario {
  return { ...row, latest: latestVersion(db, row.id)! }
}

export function isTaken(tx: Transaction, name: string): boolean {
  return tx.select().from(scenarios).where(inUse(name)).get() !== undefined
}

/** The scenario in use that has this name; an archived one has given it free. */
export function inUse(name: string) {
  return and(eq(scenarios.name, name), isNull(scenarios.archivedAt))
}
