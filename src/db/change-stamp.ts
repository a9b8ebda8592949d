import type Database from 'better-sqlite3'
import type { Db } from './open.ts'
import { shownChanges, shownChangesAnywhere } from './shown-changes.ts'

/**
 * @returns a text that is another one after every change to the database, whoever made it: this connection counts
 *   its own changes, SQLite tells those of other ones. What was read under the same stamp still holds. Entries that this
 *   connection adds to the record do not count: a list that is taken away is written down there, and stays as it is. So
 *   nothing that is read out of the record may be kept by it.
 */
export function changeStamp(db: Db): () => string {
  const sqlite = sqliteOf(db)
  const others = dataVersion(sqlite)
  // The record only grows, by one row with each number.
  const own = sqlite
    .prepare<[], number>('SELECT total_changes() - coalesce(max(seq), 0) FROM audit_log')
    .pluck()
  // In one transaction: no other connection writes between the two.
  return sqlite.transaction(() => [own.get(), others()].join(':'))
}

/**
 * @returns the same of what everybody is shown alone (`SHOWN_TABLES`). SQLite is asked once a turn of the event loop:
 *   whatever is read from a connection in one turn had been sent before it began. Within a transaction it is another one
 *   each time: what may still be given up is kept by nobody.
 */
export function shownStamp(db: Db): () => string {
  const sqlite = sqliteOf(db)
  const others = dataVersion(sqlite)
  let withinTransactions = 0
  let asked: { version: number; changes: number } | null = null
  const forget = () => {
    asked = null
  }
  return () => {
    if (sqlite.inTransaction) {
      withinTransactions += 1
      return `within ${withinTransactions}`
    }
    const changes = shownChangesAnywhere()
    if (asked?.changes !== changes) {
      if (asked === null) setImmediate(forget)
      asked = { version: others(), changes }
    }
    return `${shownChanges(sqlite)}:${asked.version}`
  }
}

/** What SQLite counts of the changes by other connections. */
function dataVersion(sqlite: Database.Database): () => number {
  const statement = sqlite.prepare<[], number>('PRAGMA data_version').pluck()
  return () => statement.get()!
}

/** The connection under the query builder, or under a transaction of it. */
export function sqliteOf(db: Db): Database.Database {
  return (db as unknown as { session: { client: Database.Database } }).session.client
}
