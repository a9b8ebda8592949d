import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { FactValue } from '../../domain/master/facts.ts'
import { FACT_IDS, SOURCE_IDS } from '../../domain/master/source.ts'
import { hospitals } from './hospitals.ts'
import { instant } from './instant.ts'

/** What a source says of a hospital: the newest row of each source and fact is what it says today. Written once. */
export const hospitalFacts = sqliteTable(
  'hospital_facts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    fact: text('fact', { enum: FACT_IDS }).notNull(),
    source: text('source', { enum: SOURCE_IDS }).notNull(),
    /** As of which it speaks, yyyy-mm-dd. */
    day: text('day').notNull(),
    value: text('value', { mode: 'json' }).$type<FactValue>().notNull(),
    /** The file; null where an officer said it. */
    file: text('file'),
    at: instant('at').notNull(),
  },
  (table) => [index('hospital_facts_of').on(table.hospitalCode, table.fact, table.source)],
)

/** Which source counts, as an officer settled it: the newest row of a hospital and fact. Written once. */
export const factChoices = sqliteTable(
  'fact_choices',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    hospitalCode: text('hospital_code')
      .notNull()
      .references(() => hospitals.key),
    fact: text('fact', { enum: FACT_IDS }).notNull(),
    /** Null where the newest counts again. */
    source: text('source', { enum: SOURCE_IDS }),
    reason: text('reason'),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('fact_choices_of').on(table.hospitalCode, table.fact)],
)
