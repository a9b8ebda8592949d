import { sql } from 'drizzle-orm'
import type { Db } from './open.ts'
import { auditLog } from './schema.ts'

/**
 * @returns a text that is another one after every change to the database, whoever made it: this connection counts
 *   its own changes, SQLite tells those of other ones. What was read under the same stamp still holds. Entries that this
 *   connection adds to the record do not count: a list that is taken away is written down there, and stays as it is. So
 *   nothing that is read out of the record may be kept by it.
 */
export function changeStamp(db: Db): () => string {
  // In one transaction: no other connection writes between the two.
  return () =>
    db.transaction((tx) => {
      const others = tx.get<{ data_version: number }>(sql`PRAGMA data_version`)
      // The record only grows, by one row with each number.
      const own = tx.get<{ count: number }>(
        sql`SELECT total_changes() - coalesce(max(${auditLog.seq}), 0) AS count FROM ${auditLog}`,
      )
      return `${own.count}:${others.data_version}`
    })
}
