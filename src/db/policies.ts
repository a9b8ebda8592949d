import { desc, isNull } from 'drizzle-orm'
import { DEFAULT_POLICY, type Policy, parsePolicy } from '../domain/policy.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately } from './open.ts'
import { policies } from './schema.ts'

export type PolicyStore = ReturnType<typeof policyStore>

export interface PolicyVersion {
  version: number
  policy: Policy
  note: string
  author: string
  createdAt: Date
}

export function policyStore(db: Db) {
  return {
    /** The newest version; version 0 is the default that comes with the program. */
    current(): { version: number; policy: Policy } {
      const row = db
        .select()
        .from(policies)
        .where(isNull(policies.scenario))
        .orderBy(desc(policies.version))
        .get()
      return row ? toVersion(row) : { version: 0, policy: DEFAULT_POLICY }
    },

    /** Each save is a new version; earlier ones stay as they were. @returns its number */
    save: (policy: Policy, { actor, at, note }: { actor: string; at: Date; note: string }): number =>
      immediately(db, (tx) => {
        const row = { scenario: null, body: JSON.stringify(policy), note, author: actor, createdAt: at }
        const { version } = tx.insert(policies).values(row).returning({ version: policies.version }).get()
        appendAudit(tx, { at, actor, action: 'policy.saved', subject: `policy ${version}`, detail: { note } })
        return version
      }),
  }
}

function toVersion(row: typeof policies.$inferSelect): PolicyVersion {
  const parsed = parsePolicy(JSON.parse(row.body))
  if (!parsed.ok) throw new Error(`the stored policy ${row.version} is not usable`)
  const { version, note, author, createdAt } = row
  return { version, policy: parsed.policy, note, author, createdAt }
}
