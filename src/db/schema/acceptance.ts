import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ACCEPTANCE_CHANNEL_IDS, ACCEPTANCE_IDS } from '../../domain/record/acceptance.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

/** 受諾確認 of a round: begun, its last day changed, or ended. The newest row of a round is in force. */
export const acceptanceRequests = sqliteTable(
  'acceptance_requests',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    round: integer('round').notNull(),
    /** First instant at which hospitals can answer no more; null where the asking was ended. */
    closesAt: instant('closes_at'),
    /** Why it was changed or ended; null for the first. */
    reason: text('reason'),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (table) => [
    index('acceptance_requests_round').on(table.round),
    check('acceptance_requests_ended_has_reason', sql`closes_at IS NOT NULL OR reason IS NOT NULL`),
  ],
)

/** What a hospital said to its seat, by its receipt or to an officer. The newest row of a hospital counts. */
export const acceptanceAnswers = sqliteTable(
  'acceptance_answers',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    round: integer('round').notNull(),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    answer: text('answer', { enum: ACCEPTANCE_IDS }).notNull(),
    channel: text('channel', { enum: ACCEPTANCE_CHANNEL_IDS }).notNull(),
    /** By a hospital only where it declines and says why; an officer says what was heard from whom. */
    reason: text('reason'),
    /** 受付番号, where it came by the receipt. */
    submission: text('submission'),
    /** When the hospital said so: for what was heard by telephone the day of the call. */
    receivedAt: instant('received_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    index('acceptance_answers_round').on(table.round, table.hospitalCode),
    check('acceptance_answers_by_receipt', sql`(channel = 'receipt') = (submission IS NOT NULL)`),
    check('acceptance_answers_by_officer', sql`channel = 'receipt' OR reason IS NOT NULL`),
  ],
)
