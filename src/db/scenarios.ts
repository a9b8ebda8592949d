import { asc, eq } from 'drizzle-orm'
import type { AuditValue } from '../domain/record/audit.ts'
import type { Policy } from '../domain/selection/policy.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { addVersion, findVersion, type PolicySave, type PolicyVersion } from './policy-versions.ts'
import { findScenario, inUse, isTaken, type Scenario, storedScenario, toScenario } from './scenario-rows.ts'
import { scenarios } from './schema.ts'

export type ScenarioStore = ReturnType<typeof scenarioStore>

export interface NewScenario {
  name: string
  basedOn: number
  policy: Policy
}

export type CreateOutcome = { kind: 'created'; id: number } | { kind: 'name-taken' }

type By = Omit<PolicySave, 'note'>

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

    rename: (id: number, name: string, by: By) => immediately(db, (tx) => rename(tx, id, name, by)),

    archive: (id: number, by: By): void => immediately(db, (tx) => archive(tx, id, by)),

    /** Takes an archived scenario back into use. */
    reopen: (id: number, by: By) => immediately(db, (tx) => reopen(tx, id, by)),
  }
}

function create(tx: Transaction, { policy, ...scenario }: NewScenario, by: PolicySave): CreateOutcome {
  if (isTaken(tx, scenario.name)) return { kind: 'name-taken' }
  const row = { ...scenario, author: by.actor, createdAt: by.at }
  const { id } = tx.insert(scenarios).values(row).returning({ id: scenarios.id }).get()
  addVersion(tx, id, policy, by)
  record(tx, 'created', id, by, { ...scenario, note: by.note })
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
  record(tx, 'saved', id, by, { name, version: addVersion(tx, id, policy, by), note: by.note })
  return 'saved'
}

function rename(tx: Transaction, id: number, name: string, by: By): 'renamed' | 'name-taken' {
  const { name: before } = storedScenario(tx, id)
  if (before === name) return 'renamed'
  if (isTaken(tx, name)) return 'name-taken'
  tx.update(scenarios).set({ name }).where(eq(scenarios.id, id)).run()
  record(tx, 'renamed', id, by, { before, after: name })
  return 'renamed'
}

function archive(tx: Transaction, id: number, by: By): void {
  const { name, archivedAt } = storedScenario(tx, id)
  if (archivedAt) return
  tx.update(scenarios).set({ archivedAt: by.at }).where(eq(scenarios.id, id)).run()
  record(tx, 'archived', id, by, { name })
}

function reopen(tx: Transaction, id: number, by: By): 'reopened' | 'name-taken' {
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
  { actor, at }: By,
  detail: Record<string, AuditValue>,
) {
  appendAudit(tx, { at, actor, action: `scenario.${act}`, subject: `scenario ${id}`, detail })
}
