import { desc, inArray, max } from 'drizzle-orm'
import { DEFAULT_FILING_MAPPING, type FilingMapping, filingMappingOf } from '../domain/master/public-facts.ts'
import type { AuditValue } from '../domain/record/audit.ts'
import { canonicalJson } from '../domain/text/canonical.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { filingMappings, hospitalFacts } from './schema.ts'

/** 0 is the default that comes with the program. */
interface FilingMappingVersion {
  version: number
  mapping: FilingMapping
  /** Null for the default. */
  author: string | null
  createdAt: Date | null
}

type Outcome = 'saved' | 'unchanged' | 'changed-meanwhile'

export function filingMappingStore(db: Db) {
  return {
    current: (): FilingMappingVersion => current(db),

    /** Newest first, without the default. */
    versions: (): FilingMappingVersion[] =>
      db.select().from(filingMappings).orderBy(desc(filingMappings.version)).all().map(toVersion),

    /** @param basedOn the version that was changed on the page: a newer one is not written over unseen */
    save: (mapping: FilingMapping, by: Act & { basedOn: number }): Outcome =>
      immediately(db, (tx) => save(tx, mapping, by)),

    /** By hospital the day of the newest list that its filings may stand in: the bureau's, else a sheet's. */
    listDays: (): Map<string, string> => listDays(db),
  }
}

function current(db: Db | Transaction): FilingMappingVersion {
  const row = db.select().from(filingMappings).orderBy(desc(filingMappings.version)).limit(1).get()
  return row ? toVersion(row) : { version: 0, mapping: DEFAULT_FILING_MAPPING, author: null, createdAt: null }
}

function save(tx: Transaction, mapping: FilingMapping, by: Act & { basedOn: number }): Outcome {
  const before = current(tx)
  if (canonicalJson(before.mapping) === canonicalJson(mapping)) return 'unchanged'
  if (by.basedOn !== before.version) return 'changed-meanwhile'
  const version = before.version + 1
  const { actor: author, at } = by
  tx.insert(filingMappings).values({ version, body: mapping, author, createdAt: at }).run()
  const detail = { before: plain(before.mapping), after: plain(mapping) }
  appendAudit(tx, {
    at,
    actor: author,
    action: 'filing-mapping.changed',
    subject: `version ${version}`,
    detail,
  })
  return 'saved'
}

function listDays(db: Db): Map<string, string> {
  const { hospitalCode, source, day } = hospitalFacts
  const rows = db
    .select({ hospitalCode, source, day: max(day) })
    .from(hospitalFacts)
    .where(inArray(source, ['sheet', 'bureau']))
    // The bureau's rows come last: where there are any, they stand.
    .orderBy(desc(source))
    .groupBy(hospitalCode, source)
    .all()
  return new Map(rows.map((row) => [row.hospitalCode, row.day!]))
}

function plain(mapping: FilingMapping): AuditValue {
  return JSON.parse(JSON.stringify(mapping)) as AuditValue
}

function toVersion({ body, ...rest }: typeof filingMappings.$inferSelect): FilingMappingVersion {
  return { ...rest, mapping: filingMappingOf(body) }
}
