import Database from 'better-sqlite3'
import { asc } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { type AuditHead, GENESIS_HASH } from '../domain/record/audit.ts'
import { auditHead, auditStore } from './audit.ts'
import { type Db, MIGRATIONS } from './open.ts'
import { knownReceiptKey } from './receipt-key.ts'
import * as schema from './schema.ts'

const { auditLog } = schema

/** What a copy of a survey holds, found by looking through all of it. */
export interface CopyFacts {
  schema: { migrations: number; newest: number }
  answers: number
  hospitals: number
  record: AuditHead & { first: string; brokenAt: number | null }
  /** By which keys its codes were given and its record is signed: a fingerprint and a public key, null before the first. */
  keys: { receiptKey: string | null; signingKey: string | null }
  /** Mails that had not been sent when it was made. */
  waitingMails: number
}

/** not-a-survey: another database, or none · newer: of a later program · damaged: SQLite itself finds it broken */
type CopyProblem = 'not-a-survey' | 'newer' | 'damaged'

/**
 * The database as it stands at one moment, page by page, without a lock that anybody waits for: in WAL mode a reader
 * holds up no writer. In one step: a copy in several begins anew at every write of another program.
 */
export async function copyOnline(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 200 })
  try {
    await source.backup(to, { progress: () => 0x7fff_ffff })
  } finally {
    source.close()
  }
  inOneFile(to)
}

/** Nothing of the copy is kept in a second file, and nobody is logged in on it. */
function inOneFile(path: string): void {
  const copy = new Database(path)
  try {
    copy.pragma('journal_mode = DELETE')
    copy.pragma('secure_delete = ON')
    if (hasTable(copy, 'sessions')) copy.exec('DELETE FROM sessions')
  } finally {
    copy.close()
  }
}

/** Looks through every page, every row that names another, and the whole record. */
export function inspectCopy(path: string): CopyFacts | CopyProblem {
  const copy = new Database(path, { readonly: true, fileMustExist: true })
  try {
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') return 'damaged'
    if (!hasTable(copy, '__drizzle_migrations') || !hasTable(copy, 'audit_log')) return 'not-a-survey'
    const seen = migrationsOf(copy)
    if (isNewer(seen)) return 'newer'
    if ((copy.pragma('foreign_key_check') as unknown[]).length > 0) return 'damaged'
    return {
      schema: seen,
      answers: countOf(copy, 'SELECT count(*) FROM submissions'),
      hospitals: countOf(copy, 'SELECT count(*) FROM hospitals'),
      record: recordOf(drizzle(copy, { schema })),
      keys: { receiptKey: knownReceiptKey(copy), signingKey: signingKeyOf(copy) },
      waitingMails: countOf(copy, 'SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL'),
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    if (/^SQLITE_CORRUPT/.test(error.code)) return 'damaged'
    if (error.code === 'SQLITE_NOTADB') return 'not-a-survey'
    throw error
  } finally {
    copy.close()
  }
}

function hasTable(sqlite: Database.Database, name: string): boolean {
  const named = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
  return named.get(name) !== undefined
}

function migrationsOf(sqlite: Database.Database): CopyFacts['schema'] {
  const seen = sqlite.prepare(
    'SELECT count(*) AS migrations, max(created_at) AS newest FROM __drizzle_migrations',
  )
  const { migrations, newest } = seen.get() as { migrations: number; newest: number | null }
  return { migrations, newest: Number(newest ?? 0) }
}

/** Whether a program that knows more migrations has opened it. */
function isNewer({ migrations, newest }: CopyFacts['schema']): boolean {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS })
  return migrations > known.length || newest > known.at(-1)!.folderMillis
}

function recordOf(db: Db): CopyFacts['record'] {
  const first = db.select({ hash: auditLog.hash }).from(auditLog).orderBy(asc(auditLog.seq)).limit(1).get()
  return { first: first?.hash ?? GENESIS_HASH, ...auditHead(db), brokenAt: auditStore(db).verify() }
}

function signingKeyOf(sqlite: Database.Database): string | null {
  if (!hasTable(sqlite, 'signing_keys')) return null
  const newest = 'SELECT public_key FROM signing_keys ORDER BY id DESC LIMIT 1'
  return (sqlite.prepare(newest).pluck().get() as string | undefined) ?? null
}

function countOf(sqlite: Database.Database, sql: string): number {
  return sqlite.prepare(sql).pluck().get() as number
}

/** @returns how many answers a database holds; null where it cannot be read any more */
export function answersIn(path: string): number | null {
  let sqlite: Database.Database | null = null
  try {
    sqlite = new Database(path, { readonly: true, fileMustExist: true })
    return countOf(sqlite, 'SELECT count(*) FROM submissions')
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    return null
  } finally {
    sqlite?.close()
  }
}
