import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'

/** The further questions of this edition: every change is a version of the whole list, and no version ever changes. */
export const questionLists = sqliteTable('question_lists', {
  /** 1.. without a gap. */
  version: integer('version').primaryKey({ autoIncrement: true }),
  /** As `readFurther` reads it: those that have ended too. */
  body: text('body').notNull(),
  /** What was changed, in words. */
  change: text('change').notNull(),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})
