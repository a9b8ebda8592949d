import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { MARK_IDS } from '../../domain/answer/mark.ts'
import { instant } from './instant.ts'
import { submissions } from './submissions.ts'

/** What officers write down about an answer: who, when, what. It is added to, never changed. */
export const answerNotes = sqliteTable(
  'answer_notes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    number: text('number')
      .notNull()
      .references(() => submissions.number),
    text: text('text').notNull(),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('answer_notes_number').on(table.number)],
)

/** 照会中, 確認済: the latest of an answer holds. */
export const answerMarks = sqliteTable(
  'answer_marks',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    number: text('number')
      .notNull()
      .references(() => submissions.number),
    mark: text('mark', { enum: MARK_IDS }).notNull(),
    /** What it was before: an undo leads back to it. */
    was: text('was', { enum: MARK_IDS }).notNull(),
    /** Of the answers marked with one act the same. */
    act: integer('act').notNull(),
    /** The act that this one undoes. */
    undoes: integer('undoes'),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('answer_marks_number').on(table.number), index('answer_marks_act').on(table.act)],
)

/** That an officer has looked at what a flag says of an answer. A flag that says something else shows anew. */
export const flagLooks = sqliteTable(
  'flag_looks',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    number: text('number')
      .notNull()
      .references(() => submissions.number),
    flag: text('flag').notNull(),
    /** What it said then. */
    said: text('said').notNull(),
    note: text('note').notNull(),
    author: text('author').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('flag_looks_number').on(table.number)],
)
