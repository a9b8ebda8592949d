import { asc } from 'drizzle-orm'
import { DEFAULT_POLICY, type Policy } from '../domain/selection/policy.ts'
import { sha256Hex } from '../domain/text/canonical.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import {
  addVersion,
  bodySha256,
  findVersion,
  inEdition,
  latestVersion,
  type PolicySave,
  type PolicyVersion,
  versionsOf,
} from './policy-versions.ts'
import { scenarioStore } from './scenarios.ts'
import { policies } from './schema.ts'

/** Saved under a number, or not at all since somebody else saved in between. */
type SaveOutcome = { kind: 'saved'; version: number } | { kind: 'changed-meanwhile' }

interface CurrentPolicy {
  version: number
  policy: Policy
}

/** What a scenario's policy became the current one from. */
interface Adopted {
  scenario: string
  scenarioVersion: number
}

export function policyStore(db: Db) {
  return {
    /** The newest version; version 0 is the default that comes with the program. */
    current: (): CurrentPolicy => latestVersion(db, null) ?? defaultVersion(db),

    /** Every version as it lies there, of the scenarios too, with the SHA-256 of its text. */
    stored: () =>
      db
        .select()
        .from(policies)
        .orderBy(asc(policies.id))
        .all()
        .map(({ body, ...row }) => ({ ...row, sha256: sha256Hex(body) })),

    /** The one that comes with the program, in force until the first is saved. */
    shipped: (): CurrentPolicy => defaultVersion(db),

    /** Every saved version, newest first. */
    versions: (): PolicyVersion[] => versionsOf(db, null).filter(({ version }) => version > 0),

    byVersion: (version: number): PolicyVersion | null => findVersion(db, null, version),

    /** Each save is a new version; earlier ones stay as they were. @returns its number */
    save: (policy: Policy, by: PolicySave): number => immediately(db, (tx) => save(tx, policy, by)),

    /** The same, unless the newest version is another than the one that was changed. */
    saveAfter: (
      version: number,
      policy: Policy,
      by: PolicySave,
      adopted: Adopted | null = null,
    ): SaveOutcome =>
      immediately(db, (tx) => {
        const { version: newest } = latestVersion(tx, null) ?? { version: 0 }
        if (newest !== version) return { kind: 'changed-meanwhile' }
        return { kind: 'saved', version: save(tx, policy, by, adopted) }
      }),

    scenarios: scenarioStore(db),
  }
}

function defaultVersion(db: Db): CurrentPolicy {
  return findVersion(db, null, 0) ?? { version: 0, policy: inEdition(db, DEFAULT_POLICY) }
}

function save(tx: Transaction, policy: Policy, by: PolicySave, adopted: Adopted | null = null): number {
  const version = addVersion(tx, null, policy, by)
  const { actor, at, note } = by
  const detail = { note, sha256: bodySha256(policy), ...adopted }
  appendAudit(tx, { at, actor, action: 'policy.saved', subject: `policy ${version}`, detail })
  return version
}
