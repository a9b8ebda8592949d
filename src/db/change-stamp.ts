import { sql } from 'drizzle-orm'
import type { Db } from './open.ts'

/**
 * @returns a text that is another one after every change to the database, whoever made it: this connection counts
 *   its own changes, SQLite tells those of other ones. What was read under the same stamp still holds.
 */
export function changeStamp(db: Db): () => string {
  return () => {
    const own = db.get<{ count: number }>(sql`SELECT total_changes() AS count`)
    const others = db.get<{ data_version: number }>(sql`PRAGMA data_version`)
    return `${own.count}:${others.data_version}`
  }
}
