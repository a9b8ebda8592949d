import { and, desc, eq, sql } from 'drizzle-orm'
import { type Policy, parsePolicy, withSupportPeriodEnd } from '../domain/selection/policy.ts'
import { sha256Hex } from '../domain/text/canonical.ts'
import { readFiscalYear } from '../domain/text/typed-dates.ts'
import type { Act } from './acts.ts'
import type { Db, Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { policies, settings } from './schema.ts'

/** One save of the policy, or of a scenario. It never changes. */
export interface PolicyVersion {
  version: number
  policy: Policy
  /** Why it was saved. */
  note: string
  author: string
  createdAt: Date
}

/** Who saves, when and why. */
export interface PolicySave extends Act {
  note: string
}

/** Of one scenario, or with null of the policy that counts; newest first. */
export function versionsOf(db: Db | Transaction, scenario: number | null): PolicyVersion[] {
  return db
    .select()
    .from(policies)
    .where(ofScenario)
    .orderBy(desc(policies.version))
    .prepare()
    .all({ scenario })
    .map((row) => toVersion(db, row))
}

/** `IS`, as the policy that counts is of no scenario. */
const ofScenario = sql`${policies.scenario} IS ${value('scenario')}`

const newestRow = prepared((db) =>
  db.select().from(policies).where(ofScenario).orderBy(desc(policies.version)).limit(1).prepare(),
)

const rowOf = prepared((db) =>
  db
    .select()
    .from(policies)
    .where(and(ofScenario, eq(policies.version, value('version'))))
    .prepare(),
)

export function latestVersion(db: Db | Transaction, scenario: number | null): PolicyVersion | null {
  const row = newestRow(db).get({ scenario })
  return row ? toVersion(db, row) : null
}

export function findVersion(
  db: Db | Transaction,
  scenario: number | null,
  version: number,
): PolicyVersion | null {
  const row = rowOf(db).get({ scenario, version })
  return row ? toVersion(db, row) : null
}

/** In the caller's transaction. @returns its number, one above the last */
export function addVersion(
  tx: Transaction,
  scenario: number | null,
  policy: Policy,
  { actor: author, at: createdAt, note }: PolicySave,
): number {
  const version = (latestVersion(tx, scenario)?.version ?? 0) + 1
  const body = JSON.stringify(policy)
  tx.insert(policies).values({ scenario, version, body, note, author, createdAt }).run()
  return version
}

/** Of a version as it is kept: what the record keeps of it. */
export function bodySha256(policy: Policy): string {
  return sha256Hex(JSON.stringify(policy))
}

const fiscalYear = prepared((db) =>
  db.select().from(settings).where(eq(settings.key, 'fiscalYear')).prepare(),
)

/** What a policy leaves open and the settings say. */
export function inEdition(db: Db | Transaction, policy: Policy): Policy {
  const row = fiscalYear(db).get()
  return withSupportPeriodEnd(policy, row ? readFiscalYear(row.value) : null)
}

function toVersion(db: Db | Transaction, row: typeof policies.$inferSelect): PolicyVersion {
  const { body, version, note, author, createdAt } = row
  const parsed = parsePolicy(JSON.parse(body))
  if (!parsed.ok) throw new Error(`the stored policy ${version} is not usable`)
  return { version, policy: inEdition(db, parsed.policy), note, author, createdAt }
}
