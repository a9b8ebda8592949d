import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Hospital } from '../../domain/master/hospital.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

/** What went over to the hospital that stays, so that it can go back. */
export interface MovedWithMerger {
  answers: { number: string; was: 'current' | 'duplicate' | 'rejected' | 'withdrawn' }[]
  /** By their numbers in their tables. */
  overrides: number[]
  rankMoves: number[]
  lateLinks: number[]
  gmis: boolean
}

/** Two hospitals of the master that were one. An undone one stays with who undid it, when and why. */
export const hospitalMergers = sqliteTable('hospital_mergers', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  kept: text('kept')
    .notNull()
    .references(() => hospitals.key),
  gone: text('gone')
    .notNull()
    .references(() => hospitals.key),
  /** Both as the master had them before. */
  keptBefore: text('kept_before', { mode: 'json' }).$type<Hospital>().notNull(),
  goneBefore: text('gone_before', { mode: 'json' }).$type<Hospital>().notNull(),
  moved: text('moved', { mode: 'json' }).$type<MovedWithMerger>().notNull(),
  reason: text('reason').notNull(),
  actor: text('actor').notNull(),
  at: instant('at').notNull(),
  undoneReason: text('undone_reason'),
  undoneBy: text('undone_by'),
  undoneAt: instant('undone_at'),
})
