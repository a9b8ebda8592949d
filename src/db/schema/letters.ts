import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { LETTER_KIND_IDS, LETTER_WAY_IDS } from '../../domain/record/letter.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'
import { outbox } from './mail.ts'

/** The text of a kind of letter, as an officer wrote it. The newest row of a kind counts; without one the shipped text does. */
export const letterTexts = sqliteTable(
  'letter_texts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind', { enum: LETTER_KIND_IDS }).notNull(),
    /** Both null where the officer went back to the shipped text. */
    subject: text('subject'),
    body: text('body'),
    writtenBy: text('written_by').notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  () => [check('letter_texts_whole', sql`(subject IS NULL) = (body IS NULL)`)],
)

/** 文書番号 and the date that stand on the letters of a round. The newest row of a round counts. */
export const letterHeads = sqliteTable(
  'letter_heads',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    round: integer('round').notNull(),
    documentNumber: text('document_number').notNull(),
    /** YYYY-MM-DD */
    datedOn: text('dated_on').notNull(),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (table) => [index('letter_heads_round').on(table.round)],
)

/** Letters that went out together. */
export const letterSendings = sqliteTable(
  'letter_sendings',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    round: integer('round').notNull(),
    edition: integer('edition').notNull(),
    way: text('way', { enum: LETTER_WAY_IDS }).notNull(),
    documentNumber: text('document_number').notNull(),
    datedOn: text('dated_on').notNull(),
    /** The day on which they were posted, or handed to the mail server: YYYY-MM-DD. */
    sentOn: text('sent_on').notNull(),
    /** Why one of them went to a hospital that had one already; null where none did. */
    reason: text('reason'),
    sentBy: text('sent_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [index('letter_sendings_round').on(table.round)],
)

/** One letter as it went out: to whom, and what it said. */
export const letters = sqliteTable(
  'letters',
  {
    sending: integer('sending')
      .notNull()
      .references(() => letterSendings.id),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    kind: text('kind', { enum: LETTER_KIND_IDS }).notNull(),
    /** The mail address, or the address on the envelope. */
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    /** The mail on its way; null for paper. */
    mail: integer('mail').references(() => outbox.id),
  },
  (table) => [primaryKey({ columns: [table.sending, table.hospitalCode] })],
)
