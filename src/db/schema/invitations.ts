import { index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { CONTACT_RESULT_IDS, CONTACT_WAY_IDS } from '../../domain/survey/contact.ts'
import { MESSAGE_KIND_IDS } from '../../domain/survey/message.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'
import { outbox } from './mail.ts'

/** 調査依頼: one a hospital. Its link is derived from the counter and a key that is in no database. */
export const invitations = sqliteTable('invitations', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  hospitalCode: text('hospital_code')
    .notNull()
    .unique()
    .references(() => hospitals.key),
  counter: integer('counter').notNull(),
  /** When the link of this counter was issued. */
  issuedAt: instant('issued_at').notNull(),
  revokedAt: instant('revoked_at'),
})

/** That the link of a counter was opened for the first time. */
export const invitationViews = sqliteTable(
  'invitation_views',
  {
    invitation: integer('invitation')
      .notNull()
      .references(() => invitations.id),
    counter: integer('counter').notNull(),
    viewedAt: instant('viewed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.invitation, table.counter] })],
)

/** By which key links are issued, told by its fingerprint. The newest row counts. */
export const invitationKeys = sqliteTable('invitation_keys', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  fingerprint: text('fingerprint').notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** 連絡の記録: calls to hospitals without an answer. It is added to, never changed. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Of the form that it was typed into: a second click is the same one. */
    entry: text('entry').notNull().unique(),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    way: text('way', { enum: CONTACT_WAY_IDS }).notNull(),
    contactedAt: instant('contacted_at').notNull(),
    caller: text('caller').notNull(),
    reached: text('reached'),
    result: text('result', { enum: CONTACT_RESULT_IDS }).notNull(),
    note: text('note'),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('contacts_hospital').on(table.hospitalCode)],
)

/** 督促 by mail, one a hospital and occasion; one more only where an officer asked for it. */
export const reminders = sqliteTable(
  'reminders',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    occasion: text('occasion').notNull(),
    /** 0 for the first one of the occasion. */
    repeat: integer('repeat').notNull(),
    /** Of the page that it was sent from: a second click sends nothing. */
    batch: text('batch').notNull(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    /** The invitation whose link is put into the mail when it leaves; null where the open form's address stands in it. */
    invitation: integer('invitation').references(() => invitations.id),
    /** First instant at which it is of no use any more. */
    notAfter: instant('not_after').notNull(),
    mail: integer('mail')
      .notNull()
      .unique()
      .references(() => outbox.id),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    unique('reminders_once').on(table.hospitalCode, table.occasion, table.repeat),
    unique('reminders_batch').on(table.batch, table.hospitalCode),
  ],
)

/** The text of a kind of message, as an officer wrote it. The newest row of a kind counts; without one the shipped text does. */
export const messageTexts = sqliteTable('message_texts', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  kind: text('kind', { enum: MESSAGE_KIND_IDS }).notNull(),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** What stands above the text of the letters that ask for an answer. The newest row counts. */
export const invitationHeads = sqliteTable('invitation_heads', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  documentNumber: text('document_number').notNull(),
  /** YYYY-MM-DD; '' leaves room. */
  datedOn: text('dated_on').notNull(),
  /** Who signs: 保健医療福祉課長; '' where the office alone does. */
  sender: text('sender').notNull(),
  /** 院長　様 */
  person: text('person').notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})
