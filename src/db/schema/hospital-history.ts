import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { CHANGE_KIND_IDS, type HospitalPart } from '../../domain/master/change.ts'
import { SOURCE_IDS } from '../../domain/master/source.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

/** Every file that was taken into the master. Written once: see guards.ts. */
export const hospitalImports = sqliteTable('hospital_imports', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
  file: text('file').notNull(),
  /** Null where it was no file that an officer chose. */
  source: text('source', { enum: SOURCE_IDS }),
  /** The day as of which the file speaks, yyyy-mm-dd. */
  day: text('day'),
  /** What became of blank cells. */
  blank: text('blank', { enum: ['keep', 'clear'] }).notNull(),
  added: integer('added').notNull(),
  changed: integer('changed').notNull(),
  unchanged: integer('unchanged').notNull(),
  missing: integer('missing').notNull(),
  /** Rows that wait for an officer, as they may be of a hospital that the master knows. */
  proposed: integer('proposed').notNull(),
})

/** What the master said of a hospital before and after, by field. Written once: see guards.ts. */
export const hospitalChanges = sqliteTable(
  'hospital_changes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    kind: text('kind', { enum: CHANGE_KIND_IDS }).notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    /** The file, the letter or the call that it came from; null where nobody said. */
    source: text('source'),
    reason: text('reason'),
    import: integer('import').references(() => hospitalImports.id),
    /** Null where the hospital came into the master. */
    before: text('before', { mode: 'json' }).$type<HospitalPart>(),
    after: text('after', { mode: 'json' }).$type<HospitalPart>().notNull(),
  },
  (table) => [
    index('hospital_changes_of').on(table.hospitalCode),
    index('hospital_changes_by_import').on(table.import),
  ],
)
