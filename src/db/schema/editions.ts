import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { EDITION_KIND_IDS, SETTLED_STATE_IDS } from '../../domain/record/round.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

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
