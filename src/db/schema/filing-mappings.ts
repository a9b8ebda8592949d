import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { FilingMapping } from '../../domain/master/public-facts.ts'
import { instant } from './instant.ts'

/** Which 施設基準 filing shows which fact. Each save is a version; 0 is the default that comes with the program. */
export const filingMappings = sqliteTable('filing_mappings', {
  version: integer('version').primaryKey(),
  body: text('body', { mode: 'json' }).$type<FilingMapping>().notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})
