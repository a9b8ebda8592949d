import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { SETTLED_IDS } from '../../domain/master/correction.ts'
import { hospitalChanges } from './hospital-history.ts'
import { instant } from './instant.ts'
import { submissions } from './submissions.ts'

/**
 * What officers did about a hospital's own 登録内容の訂正: the newest row of a statement counts. Written once: see
 * guards.ts.
 */
export const correctionSettlings = sqliteTable(
  'correction_settlings',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    submission: integer('submission')
      .notNull()
      .references(() => submissions.id),
    /** As the hospital wrote it: another statement is open again. */
    statement: text('statement').notNull(),
    state: text('state', { enum: SETTLED_IDS }).notNull(),
    /** What of the master was changed by it; null where nothing was, or nobody said. */
    change: integer('change').references(() => hospitalChanges.id),
    reason: text('reason'),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('correction_settlings_of').on(table.submission)],
)
