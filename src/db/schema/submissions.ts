import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { CHANNEL_IDS, EMR_IDS, INTENT_IDS, PROXY_CHANNEL_IDS } from '../../domain/answer/choices.ts'
import type { Extra } from '../../domain/answer/further.ts'
import { SUBMISSION_STATE_IDS } from '../../domain/answer/submission.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

/** 回答票: one receipt number each. What was answered is in its versions. */
export const submissions = sqliteTable(
  'submissions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    number: text('number').notNull().unique(),
    submissionId: text('submission_id').notNull().unique(),
    /** Null while an answer from a hospital outside the master waits to be linked. */
    hospitalCode: text('hospital_code').references(() => hospitals.key),
    state: text('state', { enum: SUBMISSION_STATE_IDS }).notNull(),
    channel: text('channel', { enum: CHANNEL_IDS }).notNull(),
    /** 照合済: it came through a link that the prefecture had given its hospital. */
    isMatched: integer('is_matched', { mode: 'boolean' }).notNull().default(false),
    /** Counts for the ranking: the first version's time, or when the fax or call came in. */
    submittedAt: instant('submitted_at').notNull(),
    createdAt: instant('created_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    /** Where an officer took it back: how the hospital had asked for it. */
    withdrawnChannel: text('withdrawn_channel', { enum: PROXY_CHANNEL_IDS }),
    /** When an officer settled that it is not used. */
    closedAt: instant('closed_at'),
    /** くじ番号, 0..999, of an answer by the web: drawn as its first version was stored, and never changed. */
    lot: integer('lot'),
  },
  (table) => [
    uniqueIndex('submissions_one_current').on(table.hospitalCode).where(sql`state = 'current'`),
    index('submissions_hospital').on(table.hospitalCode),
    check('submissions_current_has_hospital', sql`state <> 'current' OR hospital_code IS NOT NULL`),
    check('submissions_withdrawn_has_time', sql`(state = 'withdrawn') = (withdrawn_at IS NOT NULL)`),
    check('submissions_closed_has_time', sql`(state IN ('rejected', 'outside')) = (closed_at IS NOT NULL)`),
    check('submissions_outside_has_no_hospital', sql`state <> 'outside' OR hospital_code IS NULL`),
    check('submissions_rejected_has_hospital', sql`state <> 'rejected' OR hospital_code IS NOT NULL`),
  ],
)

/** 確認コード that were drawn before codes were made from the receipt key: their hashes, by which they go on working. */
export const givenCodes = sqliteTable('given_codes', {
  submission: integer('submission')
    .primaryKey()
    .references(() => submissions.id),
  hash: text('hash').notNull(),
})

/** The one key by which 確認コード are made today: its fingerprint, so that another one does not take its place unseen. */
export const receiptKeys = sqliteTable(
  'receipt_keys',
  {
    id: integer('id').primaryKey(),
    fingerprint: text('fingerprint').notNull(),
    /** The file was written anew since codes and mails stood in it as they were: they are in no free page either. */
    isSwept: integer('is_swept', { mode: 'boolean' }).notNull().default(true),
  },
  () => [check('receipt_keys_one', sql`id = 1`)],
)

export const submissionVersions = sqliteTable(
  'submission_versions',
  {
    submission: integer('submission')
      .notNull()
      .references(() => submissions.id),
    version: integer('version').notNull(),
    /** As typed by a hospital that is not in the master. */
    hospitalName: text('hospital_name'),
    hospitalAddress: text('hospital_address'),
    hospitalBeds: integer('hospital_beds'),
    department: text('department'),
    contactName: text('contact_name').notNull(),
    phone: text('phone').notNull(),
    email: text('email').notNull(),
    emr: text('emr', { enum: EMR_IDS }).notNull(),
    emrPlannedMonth: text('emr_planned_month'),
    intent: text('intent', { enum: INTENT_IDS }).notNull(),
    gmisConsent: integer('gmis_consent', { mode: 'boolean' }).notNull(),
    remarks: text('remarks'),
    /** What the hospital says is wrong about it in the master. */
    masterCorrection: text('master_correction'),
    /** To the further questions, by their ids; null where nothing was said to any. */
    extra: text('extra', { mode: 'json' }).$type<Extra>(),
    createdAt: instant('created_at').notNull(),
    /** The login of who entered it for the hospital, with how it had come in and why; null where the hospital did. */
    author: text('author'),
    channel: text('channel', { enum: PROXY_CHANNEL_IDS }),
    reason: text('reason'),
  },
  (table) => [
    primaryKey({ columns: [table.submission, table.version] }),
    check('versions_month_with_planned', sql`(emr = 'planned') = (emr_planned_month IS NOT NULL)`),
  ],
)

/** Lets one hospital answer once after the deadline. Only the token's hash is kept: a copy of the database opens nothing. */
export const lateLinks = sqliteTable(
  'late_links',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    tokenHash: text('token_hash').notNull().unique(),
    expiresAt: instant('expires_at').notNull(),
    reason: text('reason').notNull(),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
    /** 受付番号 of the answer that came through it. */
    usedBy: text('used_by').references(() => submissions.number),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  () => [check('late_links_used_once', sql`(used_by IS NULL) = (used_at IS NULL)`)],
)
