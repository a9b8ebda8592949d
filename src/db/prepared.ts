import { type Column, getTableColumns, is, SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db, Transaction } from './open.ts'

/**
 * A query of a store, built and prepared when a connection first asks for it, and from then on run with other values:
 * within a transaction and outside of one, as both are of one connection. One that is opened anew, as for a rehearsal's
 * copy, prepares its own. Where the schema is changed beneath it, by a migration or a guard, SQLite prepares it anew.
 * @param build ends with `.prepare()`; what differs from time to time is a `value` in it
 */
export function prepared<Query>(build: (db: Db) => Query): (db: Db | Transaction) => Query {
  const known = new WeakMap<object, Query>()
  return (db) => {
    const connection = connectionOf(db)
    const query = known.get(connection) ?? build(db as Db)
    known.set(connection, query)
    return query
  }
}

/** What a database and every transaction on it have in common. Drizzle has it, and keeps it out of its types. */
function connectionOf(db: Db | Transaction): object {
  const { session } = db as unknown as { session?: object }
  if (!session) throw new Error('a query is prepared for a connection')
  return session
}

/**
 * What is given when the query is run, under this name, as SQLite has it: of an instant its milliseconds. Behind a sign,
 * which changes nothing of it: at a bare parameter SQLite looks while it plans, where the table has a partial index, and
 * plans anew with every value. Of a join that took ten times as long as running it.
 */
export function value(name: string): SQL {
  return sql`+${sql.placeholder(name)}`
}

/**
 * An insert of one row. What is left out is the column's default, or null.
 * @returns what SQLite says of it: `lastInsertRowid`, where the table numbers its rows
 */
export function inserting<Table extends SQLiteTable>(table: Table) {
  const columns = Object.entries(getTableColumns(table))
  const nothing = Object.fromEntries(columns.map(([key]) => [key, undefined]))
  const values = Object.fromEntries(columns.map(([key, column]) => [key, given(key, column)]))
  const insert = prepared((db) =>
    db
      .insert(table)
      .values(values as Table['$inferInsert'])
      .prepare(),
  )
  return (tx: Db | Transaction, row: Table['$inferInsert']) => insert(tx).run({ ...nothing, ...row })
}

/** As the column has it. Drizzle would hand null to its encoder, which makes JSON of it, or fails. */
function given(key: string, column: Column): SQL {
  if (is(column.default, SQL) || column.defaultFn) throw new Error(`${column.name} has no plain default`)
  const blank = (column.default ?? null) as unknown
  const mapToDriverValue = (said: unknown = blank) => (said === null ? null : column.mapToDriverValue(said))
  return sql`${sql.param(sql.placeholder(key), { mapToDriverValue })}`
}
