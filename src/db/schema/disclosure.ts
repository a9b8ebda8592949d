import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'

/** What an officer decided of a column's class otherwise than the table of the program. The newest row of a column counts. */
export const disclosureClasses = sqliteTable(
  'disclosure_classes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    document: text('document').notNull(),
    column: text('column').notNull(),
    /** The ids of the grounds; none is open. */
    grounds: text('grounds', { mode: 'json' }).$type<string[]>().notNull(),
    reason: text('reason').notNull(),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (table) => [index('disclosure_classes_column').on(table.document, table.column)],
)

/** The ordinance and the words of its grounds, as they are put in. The newest row counts; '' is as shipped. */
export const disclosureWordings = sqliteTable('disclosure_wordings', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  ordinance: text('ordinance').notNull(),
  /** By ground. */
  wordings: text('wordings', { mode: 'json' }).$type<Record<string, string>>().notNull(),
  setBy: text('set_by').notNull(),
  setAt: instant('set_at').notNull(),
})
