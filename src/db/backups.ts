import Database from 'better-sqlite3'
import { and, asc, desc, eq, gt } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { AuditEntry, AuditEvent } from '../domain/record/audit.ts'
import { appendAudit } from './audit.ts'
import { toEntry } from './audit-search.ts'
import { type Db, immediately } from './open.ts'
import * as schema from './schema.ts'

const { auditLog } = schema

/** What the record tells of backups: the files themselves lie elsewhere. */
export function backupStore(db: Db) {
  return {
    /** When the newest was made; null where none was. */
    last: (): AuditEntry | null => {
      const made = eq(auditLog.action, 'backup.made')
      const row = db.select().from(auditLog).where(made).orderBy(desc(auditLog.seq)).limit(1).get()
      return row ? toEntry(row) : null
    },
    /** When the first thing happened that no backup has; null where the newest has everything. */
    missingSince(): Date | null {
      const last = this.last()
      const after = last ? and(gt(auditLog.seq, last.seq)) : undefined
      return (
        db.select({ at: auditLog.at }).from(auditLog).where(after).orderBy(asc(auditLog.seq)).get()?.at ??
        null
      )
    },
  }
}

const TRIES = 100
const PAUSE_MS = 100

/**
 * Adds an entry to the record of a survey that another program may be serving, and changes nothing else of it.
 * @returns false where it could not be: the file is read-only, the disk full, or the lock held all the time
 */
export async function appendToRecord(path: string, event: AuditEvent): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const outcome = appended(path, event)
    if (outcome !== 'busy') return outcome === 'done'
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
  return false
}

function appended(path: string, event: AuditEvent): 'done' | 'busy' | 'refused' {
  let sqlite: Database.Database | null = null
  try {
    sqlite = new Database(path, { fileMustExist: true, timeout: 100 })
    sqlite.pragma('synchronous = FULL')
    immediately(drizzle(sqlite, { schema }), (tx) => appendAudit(tx, event))
    return 'done'
  } catch (error) {
    const { code = '' } = error as { code?: string }
    if (!code.startsWith('SQLITE_')) throw error
    return /^SQLITE_(BUSY|LOCKED)/.test(code) ? 'busy' : 'refused'
  } finally {
    sqlite?.close()
  }
}
