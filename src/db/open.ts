import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { programFile } from '../program-files.ts'
import { registerAnswerDigest } from './answer-digest-function.ts'
import { timed } from './commit-time.ts'
import { guardsTakenOff, installGuards } from './guards.ts'
import { knownReceiptKey, registerReceiptKey, settleReceiptKey } from './receipt-key.ts'
import * as schema from './schema.ts'
import { type Serving, servingOf } from './serving.ts'
import { countShownChanges } from './shown-changes.ts'

export type Db = BetterSQLite3Database<typeof schema>

export interface OpenDatabase extends Serving {
  db: Db
  /** What somebody had taken off of the guards of what is written once; they are on again. */
  guardsTakenOff: readonly string[]
}

export const MIGRATIONS = programFile('migrations')

interface OpeningOptions {
  /**
   * Where the receipt key comes from. Without one no 確認コード can be told, and no file opens that still holds codes.
   * @param known the fingerprint of the one by which hospitals were given their codes; null while none has one
   * @throws where that one is not there: nothing has been written then
   */
  receiptKey?: (known: string | null) => Uint8Array
}

/** Opens one survey's file, creating it where needed, and brings it to today's schema. `:memory:` for tests. */
export function openDatabase(path: string, { receiptKey: keyFor }: OpeningOptions = {}): OpenDatabase {
  if (path !== ':memory:') mkdirSync(dirname(resolve(path)), { recursive: true })
  // For a command and the start; whoever serves pages waits a moment only (`serving.ts`).
  const sqlite = new Database(path, { timeout: 2000 })
  sqlite.pragma('journal_mode = WAL')
  // A receipt is shown only after the commit is on the disk.
  sqlite.pragma('synchronous = FULL')
  // What has to go, as the GMIS answers of whoever takes the consent back, is no longer in the file's free pages.
  sqlite.pragma('secure_delete = ON')
  const ownKey = path === ':memory:' ? () => randomBytes(32) : null
  const receiptKey = (keyFor ?? ownKey)?.(knownReceiptKey(sqlite)) ?? null
  registerReceiptKey(sqlite, receiptKey)
  // Before the migrations, which may have to do without some.
  const takenOff = guardsTakenOff(sqlite)
  migrateSafely(sqlite)
  settleReceiptKey(sqlite, receiptKey)
  return { ...openedIn(sqlite, receiptKey), guardsTakenOff: takenOff }
}

/** What a connection at today's schema is worked with. */
export function openedIn(sqlite: Database.Database, receiptKey: Uint8Array | null): OpenDatabase {
  registerReceiptKey(sqlite, receiptKey)
  registerAnswerDigest(sqlite, receiptKey)
  sqlite.pragma('foreign_keys = ON')
  installGuards(sqlite)
  countShownChanges(sqlite)
  return { db: drizzle(sqlite, { schema }), guardsTakenOff: [], ...servingOf(sqlite) }
}

/**
 * A rebuilt table would cascade into its child rows, and foreign_keys cannot be switched inside the migrator's
 * transaction: so it is off around it, and what it would have guarded is checked before it comes on again.
 */
function migrateSafely(sqlite: Database.Database): void {
  sqlite.pragma('foreign_keys = OFF')
  migrate(drizzle(sqlite, { schema }), { migrationsFolder: MIGRATIONS })
  const broken = sqlite.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0) throw new Error(`migration left ${broken.length} rows without their parent`)
}

/** Writers wait for the lock at the start, never in the middle of a transaction. */
export function immediately<T>(db: Db, work: (tx: Transaction) => T): T {
  return timed(db, work, (timedWork) => db.transaction(timedWork, { behavior: 'immediate' }))
}

export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]
