import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { GmisMapping, GmisQuestion } from '../../domain/survey/gmis-mapping.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

/** A file of GMIS answers that was taken in. What it said is in the answers. */
export const gmisImports = sqliteTable('gmis_imports', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  fileName: text('file_name').notNull(),
  /** Of the file's bytes; '' where there was no file. */
  sha256: text('sha256').notNull(),
  sheet: text('sheet').notNull(),
  mappingVersion: integer('mapping_version').notNull(),
  stored: integer('stored').notNull(),
  withoutConsent: integer('without_consent').notNull(),
  withoutAnswer: integer('without_answer').notNull(),
  unknown: integer('unknown').notNull(),
  removed: integer('removed').notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** Only rows of hospitals with recorded consent ever come here: see guards.ts. */
export const gmisAnswers = sqliteTable('gmis_answers', {
  hospitalCode: text('hospital_code')
    .primaryKey()
    .references(() => hospitals.key),
  offlineBackup: integer('offline_backup', { mode: 'boolean' }),
  bcp: integer('bcp', { mode: 'boolean' }),
  networkControl: integer('network_control', { mode: 'boolean' }),
  /** Whether the hospital says there that it has an EMR: to be compared, never scored. */
  emrClaimed: integer('emr_claimed', { mode: 'boolean' }),
  /** As the file has it: the header of the column, and the value in it. Null where nobody kept them. */
  answers: text('answers', { mode: 'json' }).$type<GmisCells>(),
  importedAt: instant('imported_at').notNull(),
  /** Null where it was imported before imports were kept. */
  import: integer('import').references(() => gmisImports.id),
})

/** A question's column and value, as they stand in the file. */
export type GmisCells = Partial<Record<GmisQuestion, { column: string; value: string }>>

/** Which column is which fact. Each save is a version; 0 is the default that comes with the program. */
export const gmisMappings = sqliteTable('gmis_mappings', {
  version: integer('version').primaryKey(),
  body: text('body', { mode: 'json' }).$type<GmisMapping>().notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** A file that was looked at and is not taken in yet. It goes with the import, or with the day. */
export const gmisStages = sqliteTable('gmis_stages', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  sheet: text('sheet').notNull(),
  columns: text('columns', { mode: 'json' }).$type<string[]>().notNull(),
  /** Every hospital of the master that the file names, in its order: by key, with its row. */
  hospitals: text('hospitals', { mode: 'json' }).$type<{ key: string; row: number }[]>().notNull(),
  unknown: text('unknown', { mode: 'json' }).$type<UnknownRow[]>().notNull(),
  warnings: text('warnings', { mode: 'json' }).$type<StagedWarning[]>().notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** A row that no hospital of the master is known for. */
interface UnknownRow {
  row: number
  code: string
  name: string
}

/** What was doubtful about the file: never an answer in it. */
interface StagedWarning {
  row: number
  column?: string
  hospital?: string
  message: string
}

/** Of hospitals with recorded consent alone, as the answers themselves. */
export const gmisStagedRows = sqliteTable(
  'gmis_staged_rows',
  {
    stage: integer('stage')
      .notNull()
      .references(() => gmisStages.id, { onDelete: 'cascade' }),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    /** In the order of the stage's columns. */
    cells: text('cells', { mode: 'json' }).$type<string[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stage, table.hospitalCode] }),
    index('gmis_staged_rows_hospital').on(table.hospitalCode),
  ],
)
