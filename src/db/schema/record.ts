import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'

/** Append-only; each entry's hash covers the one before it. */
export const auditLog = sqliteTable('audit_log', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  detail: text('detail').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
})
