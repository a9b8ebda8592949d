import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'

/** Mail on its way, stored with the step that it reports. Open until it is sent or given up. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    createdAt: instant('created_at').notNull(),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    attempts: integer('attempts').notNull(),
    sentAt: instant('sent_at'),
    /** When it was found to be of no use any more, and was not sent. */
    leftOutAt: instant('left_out_at'),
    leftOutReason: text('left_out_reason', { enum: ['answered', 'closed', 'revoked'] }),
    /** When it was given up. */
    failedAt: instant('failed_at'),
    lastError: text('last_error'),
  },
  (table) => [
    index('outbox_open').on(table.nextAttemptAt).where(sql`sent_at IS NULL AND failed_at IS NULL`),
    check('outbox_one_end', sql`sent_at IS NULL OR failed_at IS NULL`),
  ],
)
