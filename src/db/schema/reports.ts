import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { NUMBERING_IDS, REPORT_WAY_IDS } from '../../domain/record/report.ts'
import { editions } from './editions.ts'
import { instant } from './instant.ts'

/** A report to the ministry that was sent, as it was recorded. What was wrong about the record is a correction. */
export const reports = sqliteTable('reports', {
  /** 第1号 is the first. */
  id: integer('id').primaryKey({ autoIncrement: true }),
  numbering: text('numbering', { enum: NUMBERING_IDS }).notNull(),
  /** YYYY-MM-DD */
  reportedOn: text('reported_on').notNull(),
  documentNumber: text('document_number').notNull(),
  way: text('way', { enum: REPORT_WAY_IDS }).notNull(),
  note: text('note'),
  /** 差替え: why it was sent once more; null where nothing of it had been reported. */
  reason: text('reason'),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: instant('recorded_at').notNull(),
})

/** The editions that a report is made of: one of every round that it covers. */
export const reportEditions = sqliteTable(
  'report_editions',
  {
    report: integer('report')
      .notNull()
      .references(() => reports.id),
    edition: integer('edition')
      .notNull()
      .references(() => editions.id),
  },
  (table) => [primaryKey({ columns: [table.report, table.edition] })],
)

/** What was sent, as bytes. */
export const reportFiles = sqliteTable(
  'report_files',
  {
    report: integer('report')
      .notNull()
      .references(() => reports.id),
    name: text('name').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [primaryKey({ columns: [table.report, table.name] })],
)

/** The record of a report put right, or taken back as it was never sent. The newest row of a report counts. */
export const reportCorrections = sqliteTable(
  'report_corrections',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    report: integer('report')
      .notNull()
      .references(() => reports.id),
    isTakenBack: integer('is_taken_back', { mode: 'boolean' }).notNull(),
    reportedOn: text('reported_on').notNull(),
    documentNumber: text('document_number').notNull(),
    way: text('way', { enum: REPORT_WAY_IDS }).notNull(),
    note: text('note'),
    reason: text('reason').notNull(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    index('report_corrections_report').on(table.report),
    check('report_corrections_reason', sql`reason <> ''`),
  ],
)
