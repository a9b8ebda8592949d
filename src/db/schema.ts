import { sql } from 'drizzle-orm'
import {
  blob,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { CHANNEL_IDS, EMR_IDS, INTENT_IDS } from '../domain/answer/choices.ts'
import { SUBMISSION_STATE_IDS } from '../domain/answer/submission.ts'
import { type BedType, type HospitalFunction, INSPECTION_IDS } from '../domain/master/hospital.ts'
import { OVERRIDE_IDS } from '../domain/record/override.ts'
import { EDITION_KIND_IDS, SETTLED_STATE_IDS } from '../domain/record/round.ts'
import { ROLE_IDS } from '../domain/record/staff.ts'

/** Every instant is stored as UTC milliseconds. Nothing here is deleted in use, only ended. */
const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

/** 検討案: policies kept beside the one that counts. What a scenario says is in its versions. */
export const scenarios = sqliteTable(
  'scenarios',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    /** The version of the policy that it was made from; 0 is the default that comes with the program. */
    basedOn: integer('based_on').notNull(),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
    archivedAt: instant('archived_at'),
  },
  (table) => [uniqueIndex('scenarios_one_name').on(table.name).where(sql`archived_at IS NULL`)],
)

/** 選定基準. Each save is a version, and no version ever changes: see guards.ts. */
export const policies = sqliteTable(
  'policies',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Null for the policy that counts. */
    scenario: integer('scenario').references(() => scenarios.id),
    /**
     * 1.. without a gap: of the policy that counts, and of every scenario for itself. 0 is the default that the program
     * came with, where a survey has lived with another than today's.
     */
    version: integer('version').notNull(),
    body: text('body').notNull(),
    note: text('note').notNull(),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('policies_version').on(table.version).where(sql`scenario IS NULL`),
    uniqueIndex('policies_scenario_version').on(table.scenario, table.version),
  ],
)

export const hospitals = sqliteTable('hospitals', {
  key: text('code').primaryKey(),
  medicalCode: text('medical_code').unique(),
  naviiCode: text('navii_code').unique(),
  name: text('name').notNull(),
  kana: text('kana'),
  region: text('region').notNull(),
  municipality: text('municipality'),
  address: text('address'),
  phone: text('phone'),
  email: text('email'),
  beds: integer('beds').notNull(),
  bedsByType: text('beds_by_type', { mode: 'json' }).$type<Record<BedType, number>>(),
  functions: text('functions', { mode: 'json' }).$type<HospitalFunction[]>().notNull(),
  inspection: text('inspection', { enum: INSPECTION_IDS }).notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** 回答票: one receipt number each. What was answered is in its versions. */
export const submissions = sqliteTable(
  'submissions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    number: text('number').notNull().unique(),
    submissionId: text('submission_id').notNull().unique(),
    /** 確認コード: whoever has it may read, correct and withdraw. */
    code: text('code').notNull(),
    /** Null while an answer from a hospital outside the master waits to be linked. */
    hospitalCode: text('hospital_code').references(() => hospitals.key),
    state: text('state', { enum: SUBMISSION_STATE_IDS }).notNull(),
    channel: text('channel', { enum: CHANNEL_IDS }).notNull(),
    /** Counts for the ranking: the first version's time, or when the fax or call came in. */
    submittedAt: instant('submitted_at').notNull(),
    createdAt: instant('created_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    /** When an officer settled that it is not used. */
    closedAt: instant('closed_at'),
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
    createdAt: instant('created_at').notNull(),
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

/** Only rows of hospitals with recorded consent ever come here. */
export const gmisAnswers = sqliteTable('gmis_answers', {
  hospitalCode: text('hospital_code')
    .primaryKey()
    .references(() => hospitals.key),
  offlineBackup: integer('offline_backup', { mode: 'boolean' }),
  bcp: integer('bcp', { mode: 'boolean' }),
  networkControl: integer('network_control', { mode: 'boolean' }),
  importedAt: instant('imported_at').notNull(),
})

/** 県指定 and 除外. An undone one stays with the time it was undone. */
export const overrides = sqliteTable(
  'overrides',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    kind: text('kind', { enum: OVERRIDE_IDS }).notNull(),
    reason: text('reason').notNull(),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
    undoneBy: text('undone_by'),
    undoneAt: instant('undone_at'),
    undoneReason: text('undone_reason'),
  },
  (table) => [
    uniqueIndex('overrides_one_active').on(table.hospitalCode).where(sql`undone_at IS NULL`),
    check('overrides_undone_by_someone', sql`(undone_by IS NULL) = (undone_at IS NULL)`),
  ],
)

/** The ranking changed by hand: in effect in the order of the ids, on top of the points. */
export const rankMoves = sqliteTable(
  'rank_moves',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The round whose ranking it changes: the next one begins with the points alone. */
    round: integer('round').notNull(),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    position: integer('position').notNull(),
    reason: text('reason').notNull(),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
    undoneBy: text('undone_by'),
    undoneAt: instant('undone_at'),
    /** Null where a later change took its place. */
    undoneReason: text('undone_reason'),
  },
  (table) => [
    uniqueIndex('rank_moves_one_active').on(table.round, table.hospitalCode).where(sql`undone_at IS NULL`),
    check('rank_moves_position', sql`position >= 1`),
    check('rank_moves_undone_by_someone', sql`(undone_by IS NULL) = (undone_at IS NULL)`),
  ],
)

/**
 * An edition of a round (版) as it was proposed, or confirmed by one person alone. It never changes: what became of it
 * is a row of its own.
 */
export const editions = sqliteTable(
  'editions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    number: integer('number').notNull(),
    edition: integer('edition').notNull(),
    kind: text('kind', { enum: EDITION_KIND_IDS }).notNull(),
    /** 0 is the default that comes with the program; the snapshot holds the policy itself. */
    policyVersion: integer('policy_version').notNull(),
    /** Why this edition follows another; null for a round's first. */
    reason: text('reason'),
    /** 辞退: whose, with `declined` only. */
    declinedCode: text('declined_code').references(() => hospitals.key),
    /** Why seats stay free; null when none does. */
    freeSeatsReason: text('free_seats_reason'),
    /** Why it was confirmed though answers still waited; null when none did. */
    waitingReason: text('waiting_reason'),
    /** 起案: its number, 1.. without a gap. Null where one person confirmed alone. */
    proposal: integer('proposal').unique(),
    proposedBy: text('proposed_by'),
    proposedAt: instant('proposed_at'),
  },
  (table) => [
    index('editions_number').on(table.number, table.edition),
    check('editions_declined_has_code', sql`(kind = 'declined') = (declined_code IS NOT NULL)`),
    check(
      'editions_proposed_by_somebody',
      sql`(proposal IS NULL) = (proposed_by IS NULL) AND (proposal IS NULL) = (proposed_at IS NULL)`,
    ),
  ],
)

/** The files of an edition, frozen as bytes: they never depend on today's program or data. */
export const editionFiles = sqliteTable(
  'edition_files',
  {
    edition: integer('edition')
      .notNull()
      .references(() => editions.id),
    name: text('name').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [primaryKey({ columns: [table.edition, table.name] })],
)

/** 確定, 差戻し, 取下げ: what became of an edition. One without waits for another officer's 決裁. */
export const editionSettlings = sqliteTable(
  'edition_settlings',
  {
    /** In the order in which they were settled. */
    id: integer('id').primaryKey({ autoIncrement: true }),
    edition: integer('edition')
      .notNull()
      .unique()
      .references(() => editions.id),
    state: text('state', { enum: SETTLED_STATE_IDS }).notNull(),
    settledBy: text('settled_by').notNull(),
    settledAt: instant('settled_at').notNull(),
    /** Why it was returned or withdrawn. */
    reason: text('reason'),
  },
  () => [check('edition_settlings_reason', sql`(state = 'confirmed') = (reason IS NULL)`)],
)

export const staff = sqliteTable('staff', {
  login: text('login').primaryKey(),
  name: text('name').notNull(),
  role: text('role', { enum: ROLE_IDS }).notNull(),
  passwordHash: text('password_hash').notNull(),
  mustChangePassword: integer('must_change_password', { mode: 'boolean' }).notNull(),
  disabledAt: instant('disabled_at'),
  createdAt: instant('created_at').notNull(),
})

export const sessions = sqliteTable(
  'sessions',
  {
    /** SHA-256 of the session id: a copy of the database opens no session. */
    idHash: text('id_hash').primaryKey(),
    data: text('data').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('sessions_expiry').on(table.expiresAt)],
)

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
    /** When it was given up. */
    failedAt: instant('failed_at'),
    lastError: text('last_error'),
  },
  (table) => [
    index('outbox_open').on(table.nextAttemptAt).where(sql`sent_at IS NULL AND failed_at IS NULL`),
    check('outbox_one_end', sql`sent_at IS NULL OR failed_at IS NULL`),
  ],
)

/** Append-only; each entry's hash covers the one before it. */
export const auditLog = sqliteTable('audit_log', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  detail: text('detail').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
})
