import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'

/** Whether receipts show a round's result, as an officer decided. Without a row the setting of the survey counts. */
export const publications = sqliteTable(
  'publications',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    round: integer('round').notNull(),
    isShown: integer('is_shown', { mode: 'boolean' }).notNull(),
    /** Whether a hospital reads its own points beside the lowest of its band; null where nobody was asked: it does not. */
    showsPoints: integer('shows_points', { mode: 'boolean' }),
    reason: text('reason').notNull(),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (table) => [index('publications_round').on(table.round)],
)

/** 文書番号 and 決裁日 of an edition's 起案, as they came back from the document system. The newest row counts. */
export const approvalPapers = sqliteTable(
  'approval_papers',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    round: integer('round').notNull(),
    edition: integer('edition').notNull(),
    documentNumber: text('document_number').notNull(),
    /** YYYY-MM-DD */
    decidedOn: text('decided_on').notNull(),
    /** Why it was put right; null for the first. */
    reason: text('reason'),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [index('approval_papers_edition').on(table.round, table.edition)],
)
