import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'

/** 消去: what is left of a survey once its retention is over. It names no hospital and nobody. */
export const purges = sqliteTable('purges', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  purgedAt: instant('purged_at').notNull(),
  /** Through which day everything was kept, YYYY-MM-DD. */
  retentionUntil: text('retention_until').notNull(),
  /** By what it was decided: the number of the document. */
  basis: text('basis').notNull(),
  /** How many rows of each table there were, as JSON. */
  counts: text('counts').notNull(),
  /** How long the record was, and the hash of its last entry: what leaves in an archive can be held against it. */
  recordCount: integer('record_count').notNull(),
  recordHead: text('record_head').notNull(),
  /** Of both, with the time, by the installation's key; null where it has none. */
  signature: text('signature'),
  /** When nothing of what was deleted was left in free pages and beside the database; null until then. */
  sweptAt: instant('swept_at'),
})
