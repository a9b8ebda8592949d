import Database from 'better-sqlite3'
import { desc, like } from 'drizzle-orm'
import type { AuditEntry } from '../domain/record/audit.ts'
import { toEntry } from './audit-search.ts'
import { inMemory } from './image.ts'
import { type Db, type OpenDatabase, openedIn } from './open.ts'
import { auditLog, secondFactors, sessions } from './schema.ts'

/** What the survey's own file knows of rehearsals: that they took place. */
export function rehearsalStore(db: Db) {
  return {
    /** The newest act about one: it was started, or has ended; null where there was none. */
    last: (): AuditEntry | null => {
      const rehearsals = like(auditLog.action, 'rehearsal.%')
      const row = db.select().from(auditLog).where(rehearsals).orderBy(desc(auditLog.seq)).limit(1).get()
      return row ? toEntry(row) : null
    },
  }
}

/**
 * The whole file as it stands at this moment, in the memory of this process alone: nothing of it is ever on a disk, and
 * nothing is left where the process ends, in whatever way. Nobody is logged in on it.
 * @throws where the memory does not suffice
 */
export function copyInMemory(db: Db, receiptKey: Uint8Array): OpenDatabase {
  const copy = openedIn(new Database(inMemory(sqliteOf(db).serialize())), receiptKey)
  copy.db.delete(sessions).run()
  // Their key stays outside.
  copy.db.delete(secondFactors).run()
  return copy
}

/** The connection under the query builder. */
function sqliteOf(db: Db): Database.Database {
  return (db as Db & { $client: Database.Database }).$client
}
