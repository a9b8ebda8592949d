import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

/** Only rows of hospitals with recorded consent ever come here. */
export const gmisAnswers = sqliteTable('gmis_answers', {
  hospitalCode: text('hospital_code')
    .primaryKey()
    .references(() => hospitals.key),
  offlineBackup: integer('offline_backup', { mode: 'boolean' }),
  bcp: integer('bcp', { mode: 'boolean' }),
  networkControl: integer('network_control', { mode: 'boolean' }),
  importedAt: instant('imported_at').notNull(),
})
