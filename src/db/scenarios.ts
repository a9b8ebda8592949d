import { and, asc, eq, isNull } from 'drizzle-orm'
import type { AuditValue } from '../domain/record/audit.ts'
import type { Policy } from '../domain/selection/policy.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import {
  addVersion,
  bodySha256,
  findVersion,
  latestVersion,
  type PolicySave,
  type PolicyVersion,
} from './policy-versions.ts'
import { scenarios } from './schema.ts'

interface NewScenario {
  name: string
  basedOn: number
  policy: Policy
}

type CreateOutcome = { kind: 'created'; id: number } | { kind: 'name-taken' }

export function scenarioStore(db: Db) {
  return {
    /** The archived ones too, in the order in which they were made. */
    all: (): Scenario[] =>
      db
        .select()
        .from(scenarios)
        .orderBy(asc(scenarios.id))
        .all()
        .map((row) => toScenario(db, row)),

    byId: (id: number): Scenario | null => findScenario(db, id),

    /** Of the scenarios in use: an archived one gives its name free. */
    byName(name: string): Scenario | null {
      const row = db.select().from(scenarios).where(inUse(name)).get()
      return row ? toScenario(db, row) : null
    },

    byVersion: (id: number, version: number): PolicyVersion | null => findVersion(db, id, version),

    create: (scenario: NewScenario, by: PolicySave): CreateOutcome =>
      immediately(db, (tx) => create(tx, scenario, by)),

    /** A new version of the scenario, unless its newest is another than the one that was changed. */
    save: (id: number, version: number, policy: Policy, by: PolicySave) =>
      immediately(db, (tx) => save(tx, { id, version, policy }, by)),

    /** @param shown the name that it had where it was changed; unless told, whichever it has */
    rename: (id: number, name: string, by: Act, shown?: string) =>
      immediately(db, (tx) => rename(tx, { id, name, shown }, by)),

    /** @param shown the version that is put away; unless told, whichever is the newest */
    archive: (id: number, by: Act, shown?: number) => immediately(db, (tx) => archive(tx, { id, shown }, by)),

    /** Takes an archived scenario back into use. */
    reopen: (id: number, by: Act) => immediately(db, (tx) => reopen(tx, id, by)),
  }
}

function create(tx: Transaction, { policy, ...scenario }: NewScenario, by: PolicySave): CreateOutcome {
  if (isTaken(tx, scenario.name)) return { kind: 'name-taken' }
  const row = { ...scenario, author: by.actor, createdAt: by.at }
  const { id } = tx.insert(scenarios).values(row).returning({ id: scenarios.id }).get()
  addVersion(tx, id, policy, by)
  record(tx, 'created', id, by, { ...scenario, note: by.note, sha256: bodySha256(policy) })
  return { kind: 'created', id }
}

function save(
  tx: Transaction,
  { id, version, policy }: { id: number; version: number; policy: Policy },
  by: PolicySave,
): 'saved' | 'changed-meanwhile' | 'archived' {
  const { name, archivedAt, latest } = storedScenario(tx, id)
  if (archivedAt) return 'archived'
  if (latest.version !== version) return 'changed-meanwhile'
  const saved = { name, version: addVersion(tx, id, policy, by), note: by.note }
  record(tx, 'saved', id, by, { ...saved, sha256: bodySha256(policy) })
  return 'saved'
}

function rename(
  tx: Transaction,
  { id, name, shown }: { id: number; name: string; shown: string | undefined },
  by: Act,
): 'renamed' | 'name-taken' | 'changed-meanwhile' {
  const { name: before } = storedScenario(tx, id)
  if (before === name) return 'renamed'
  if (shown !== undefined && shown !== before) return 'changed-meanwhile'
  if (isTaken(tx, name)) return 'name-taken'
  tx.update(scenarios).set({ name }).where(eq(scenarios.id, id)).run()
  record(tx, 'renamed', id, by, { before, after: name })
  return 'renamed'
}

function archive(
  tx: Transaction,
  { id, shown }: { id: number; shown: number | undefined },
  by: Act,
): 'archived' | 'changed-meanwhile' {
  const { name, archivedAt, latest } = storedScenario(tx, id)
  if (archivedAt) return 'archived'
  if (shown !== undefined && shown !== latest.version) return 'changed-meanwhile'
  tx.update(scenarios).set({ archivedAt: by.at }).where(eq(scenarios.id, id)).run()
  record(tx, 'archived', id, by, { name })
  return 'archived'
}

function reopen(tx: Transaction, id: number, by: Act): 'reopened' | 'name-taken' {
  const { name, archivedAt } = storedScenario(tx, id)
  if (!archivedAt) return 'reopened'
  if (isTaken(tx, name)) return 'name-taken'
  tx.update(scenarios).set({ archivedAt: null }).where(eq(scenarios.id, id)).run()
  record(tx, 'reopened', id, by, { name })
  return 'reopened'
}

function record(
  tx: Transaction,
  act: string,
  id: number,
  { actor, at }: Act,
  detail: Record<string, AuditValue>,
) {
  appendAudit(tx, { at, actor, action: `scenario.${act}`, subject: `scenario ${id}`, detail })
}

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

function findScenario(db: Db | Transaction, id: number): Scenario | null {
  const row = db.select().from(scenarios).where(eq(scenarios.id, id)).get()
  return row ? toScenario(db, row) : null
}

/** Whoever changes a scenario has looked it up. */
function storedScenario(tx: Transaction, id: number): Scenario {
  const scenario = findScenario(tx, id)
  if (!scenario) throw new Error(`no scenario ${id}`)
  return scenario
}

function toScenario(db: Db | Transaction, row: typeof scenarios.$inferSelect): Scenario {
  return { ...row, latest: latestVersion(db, row.id)! }
}

function isTaken(tx: Transaction, name: string): boolean {
  return tx.select().from(scenarios).where(inUse(name)).get() !== undefined
}

/** The scenario in use that has this name; an archived one has given it free. */
function inUse(name: string) {
  return and(eq(scenarios.name, name), isNull(scenarios.archivedAt))
}
