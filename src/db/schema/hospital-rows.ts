import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Hospital } from '../../domain/master/hospital.ts'
import type { CellField } from '../../domain/master/open-cells.ts'
import { SOURCE_IDS } from '../../domain/master/source.ts'
import { hospitalChanges, hospitalImports } from './hospital-history.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

/** A file that an officer looks at before it is taken in. Its content goes with the look: it ends, or its day is over. */
export const stagedImports = sqliteTable('staged_imports', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  actor: text('actor').notNull(),
  file: text('file').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  /** What was read, as JSON; null once it is over. */
  content: text('content'),
  endedAt: instant('ended_at'),
  end: text('end', { enum: ['applied', 'cancelled', 'replaced', 'expired'] }),
})

/** What a stored row left open, by column. */
export interface StoredOpen {
  blank: CellField[]
  cut: CellField[]
  absent: CellField[]
}

/**
 * Rows of an import that may be of a hospital which the master knows by another number. They wait for an officer: until
 * then they are no hospital, and not lost.
 */
export const waitingRows = sqliteTable(
  'waiting_rows',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    import: integer('import')
      .notNull()
      .references(() => hospitalImports.id),
    /** The row's own code. */
    code: text('code').notNull(),
    source: text('source', { enum: SOURCE_IDS }).notNull(),
    day: text('day').notNull(),
    hospital: text('hospital', { mode: 'json' }).$type<Hospital>().notNull(),
    fields: text('fields', { mode: 'json' }).$type<(keyof Hospital)[]>().notNull(),
    open: text('open', { mode: 'json' }).$type<StoredOpen>().notNull(),
    /** Replaced: a later import brought the row again, or its code came into the master by another way. */
    state: text('state', { enum: ['waiting', 'joined', 'own', 'left-out', 'replaced'] }).notNull(),
    /** The hospital that it was joined to, or became. */
    hospitalCode: text('hospital_code').references(() => hospitals.key),
    change: integer('change').references(() => hospitalChanges.id),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    reason: text('reason'),
  },
  (table) => [
    index('waiting_rows_by_state').on(table.state),
    index('waiting_rows_by_code').on(table.code),
    check('waiting_rows_decided', sql`(state = 'waiting') = (decided_at IS NULL)`),
  ],
)
