import { sql } from 'drizzle-orm'
import { blob, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'

/** The notice and its questions and answers: every change is a version, and no version ever changes. Without one, the shipped texts stand. */
export const noticeVersions = sqliteTable('notice_versions', {
  /** 1.. without a gap. */
  version: integer('version').primaryKey({ autoIncrement: true }),
  body: text('body').notNull(),
  /** What was changed, in words. */
  change: text('change').notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** 別添 and the like, as PDF. A withdrawn one stays here, and no page has it. */
export const attachments = sqliteTable(
  'attachments',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** As in its address. */
    name: text('name').notNull().unique(),
    title: text('title').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
    /** In bytes. */
    size: integer('size').notNull(),
    sha256: text('sha256').notNull(),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [uniqueIndex('attachments_one_title').on(table.title).where(sql`withdrawn_at IS NULL`)],
)
