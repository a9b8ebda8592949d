import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { OVERRIDE_IDS } from '../../domain/record/override.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

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
