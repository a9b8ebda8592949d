import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { LotLine } from '../../domain/lot/lottery.ts'
import { LOT_METHOD_IDS } from '../../domain/lot/method.ts'
import { instant } from './instant.ts'

/** くじの方法, as officers chose it. The newest row counts; without one the default does. */
export const lotMethods = sqliteTable('lot_methods', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  method: text('method', { enum: LOT_METHOD_IDS }).notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** A public source, named before the deadline: whose result will be taken. The newest row counts. */
export const lotAnnouncements = sqliteTable('lot_announcements', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  source: text('source').notNull(),
  /** The day on which the result will be known, YYYY-MM-DD. */
  knownOn: text('known_on').notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** 抽選: one a round, never repeated. */
export const lotDraws = sqliteTable(
  'lot_draws',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    round: integer('round').notNull().unique(),
    /** The deadline in force at the draw. */
    closesAt: instant('closes_at').notNull(),
    drawnBy: text('drawn_by').notNull(),
    drawnAt: instant('drawn_at').notNull(),
    /** By the receipts: くじ番号 by 受付番号, in its order. Null with an announcement. */
    list: text('list', { mode: 'json' }).$type<LotLine[]>(),
    announcement: integer('announcement').references(() => lotAnnouncements.id),
    /** Of an announced source, as it was first entered. */
    value: text('value'),
    witnesses: text('witnesses', { mode: 'json' }).$type<[string, string]>(),
  },
  () => [
    check('lot_draws_one_method', sql`(list IS NULL) = (announcement IS NOT NULL)`),
    check(
      'lot_draws_announced_whole',
      sql`(announcement IS NULL) = (value IS NULL) AND (value IS NULL) = (witnesses IS NULL)`,
    ),
  ],
)

/** A value of an announced source that was typed wrong, put right before the confirmation. The newest row counts. */
export const lotCorrections = sqliteTable('lot_corrections', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  draw: integer('draw')
    .notNull()
    .references(() => lotDraws.id),
  was: text('was').notNull(),
  value: text('value').notNull(),
  reason: text('reason').notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** That anybody may see a draw. */
export const lotPublications = sqliteTable('lot_publications', {
  draw: integer('draw')
    .primaryKey()
    .references(() => lotDraws.id),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})
