import { desc, max } from 'drizzle-orm'
import type { AuditValue } from '../domain/record/audit.ts'
import { DEFAULT_GMIS_MAPPING, type GmisMapping, gmisMappingOf } from '../domain/survey/gmis-mapping.ts'
import { canonicalJson } from '../domain/text/canonical.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { gmisMappings } from './schema.ts'

/** 0 is the default that comes with the program. */
export interface GmisMappingVersion {
  version: number
  mapping: GmisMapping
  /** Null for the default. */
  author: string | null
  createdAt: Date | null
}

type Outcome = 'saved' | 'unchanged' | 'changed-meanwhile'

export function gmisMappingStore(db: Db) {
  return {
    current: (): GmisMappingVersion => current(db),

    /** Newest first, without the default. */
    versions: (): GmisMappingVersion[] =>
      db.select().from(gmisMappings).orderBy(desc(gmisMappings.version)).all().map(toVersion),

    /** @param basedOn the version that was changed on the page: a newer one is not written over unseen */
    save: (mapping: GmisMapping, by: Act & { basedOn?: number }): Outcome =>
      immediately(db, (tx) => save(tx, mapping, by)),
  }
}

function current(db: Db | Transaction): GmisMappingVersion {
  const row = db.select().from(gmisMappings).orderBy(desc(gmisMappings.version)).limit(1).get()
  return row ? toVersion(row) : { version: 0, mapping: DEFAULT_GMIS_MAPPING, author: null, createdAt: null }
}

function save(tx: Transaction, mapping: GmisMapping, by: Act & { basedOn?: number }): Outcome {
  const before = current(tx)
  if (canonicalJson(before.mapping) === canonicalJson(mapping)) return 'unchanged'
  if (by.basedOn !== undefined && by.basedOn !== before.version) return 'changed-meanwhile'
  const { last } = tx
    .select({ last: max(gmisMappings.version) })
    .from(gmisMappings)
    .get()!
  const version = (last ?? 0) + 1
  const { actor: author, at } = by
  tx.insert(gmisMappings).values({ version, body: mapping, author, createdAt: at }).run()
  const detail = { before: plain(before.mapping), after: plain(mapping) }
  const entry = { at, actor: author, action: 'gmis-mapping.changed', subject: `version ${version}`, detail }
  appendAudit(tx, entry)
  return 'saved'
}

function plain(mapping: GmisMapping): AuditValue {
  return JSON.parse(JSON.stringify(mapping)) as AuditValue
}

function toVersion({
  body,
  version,
  author,
  createdAt,
}: typeof gmisMappings.$inferSelect): GmisMappingVersion {
  return { version, mapping: gmisMappingOf(body), author, createdAt }
}
