import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'
import { submissions } from './submissions.ts'

/** Mail on its way, stored with the step that it reports. Open until it is sent or given up. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    /** '' of a receipt, and of every mail that has had its end. */
    body: text('body').notNull(),
    /** The answer whose receipt it is or leads to: the way there is put in when it leaves, so that no database holds it. */
    submission: integer('submission').references(() => submissions.id),
    /** A receipt: the whole of it is written when it leaves. */
    isReceipt: integer('is_receipt', { mode: 'boolean' }).notNull().default(false),
    /** The address as mails to it are counted, of a mail that was caused by the form; null of what an officer sends. */
    countedAs: text('counted_as'),
    createdAt: instant('created_at').notNull(),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    attempts: integer('attempts').notNull(),
    sentAt: instant('sent_at'),
    /** When it was found to be of no use any more, and was not sent. */
    leftOutAt: instant('left_out_at'),
    leftOutReason: text('left_out_reason', {
      enum: ['answered', 'closed', 'revoked', 'superseded', 'too-many'],
    }),
    /** When it was given up. */
    failedAt: instant('failed_at'),
    lastError: text('last_error'),
  },
  (table) => [
    index('outbox_open').on(table.nextAttemptAt).where(sql`sent_at IS NULL AND failed_at IS NULL`),
    index('outbox_counted').on(table.countedAs, table.sentAt).where(sql`counted_as IS NOT NULL`),
    check('outbox_one_end', sql`sent_at IS NULL OR failed_at IS NULL`),
  ],
)

/** What an officer did about a mail that its recipient never got. */
export const mailSettlings = sqliteTable('mail_settlings', {
  mail: integer('mail')
    .primaryKey()
    .references(() => outbox.id),
  /** `told`: the hospital was told another way; `again`: another mail was put on its way. */
  what: text('what', { enum: ['told', 'again'] }).notNull(),
  /** How it was told. */
  note: text('note'),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})
