import Database from 'better-sqlite3'
import { asc } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { StoredEntry } from '../domain/record/audit-chain.ts'
import { inMemory } from './image.ts'
import { auditLog } from './schema.ts'

/**
 * The record of another state of a database, from its bytes: nothing is opened at the place where they came from.
 * @returns null where they are no database, or one without a record
 */
export function recordInBytes(bytes: Buffer): StoredEntry[] | null {
  const sqlite = new Database(inMemory(bytes))
  try {
    return drizzle(sqlite).select().from(auditLog).orderBy(asc(auditLog.seq)).all()
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  } finally {
    sqlite.close()
  }
}
