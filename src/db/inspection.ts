import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { MIGRATIONS } from './open.ts'
import * as schema from './schema.ts'
import { logState } from './write-ahead-log.ts'

/** What is found at the path of a database, before it is opened. */
export type Found =
  /** A survey of this program, or of an earlier one where `isOlder`. */
  { kind: 'survey'; isOlder: boolean } | { kind: 'missing' } | { kind: Unusable }

type Unusable =
  | 'no-folder'
  | 'no-file'
  | 'not-permitted'
  | 'read-only'
  | 'empty'
  | 'not-a-database'
  | 'other-application'
  | 'newer'
  | 'unknown-schema'
  | 'truncated'
  | 'corrupt'
  | 'damaged-log'
  | 'foreign-log'

/**
 * Looks at a database without changing it.
 * @param isAlone whether no program has it open: only then its -wal and its pages hold still
 * @throws what the system or SQLite refuses for any other reason
 */
export function inspectDatabase(path: string, { isAlone }: { isAlone: boolean }): Found {
  const place = placeOf(path)
  if (place !== 'file') return { kind: place }
  const head = headOf(path)
  const unlike = head === null ? 'empty' : headProblem(head)
  if (unlike !== null) return { kind: unlike }
  if (!isAlone) return schemaOf(path, 'none')
  return inspectPages(path, head!)
}

/** Whether the folder and the file are there, and may be written; nothing of the file is read. */
export function placeOf(path: string): 'file' | 'missing' | Unusable {
  const folder = dirname(resolve(path))
  try {
    if (!statSync(folder).isDirectory()) return 'no-folder'
    if (!existsSync(path)) {
      accessSync(folder, constants.W_OK | constants.X_OK)
      return 'missing'
    }
    if (!statSync(path).isFile()) return 'no-file'
    accessSync(path, constants.R_OK | constants.W_OK)
    accessSync(folder, constants.W_OK | constants.X_OK)
    return 'file'
  } catch (error) {
    const refused = REFUSED[(error as NodeJS.ErrnoException).code ?? '']
    if (refused === undefined) throw error
    return refused
  }
}

const REFUSED: Partial<Record<string, Unusable>> = {
  ENOENT: 'no-folder',
  ENOTDIR: 'no-folder',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  EROFS: 'read-only',
}

/** https://sqlite.org/fileformat2.html#the_database_header */
const HEAD = 100
const MAGIC = 'SQLite format 3\0'

/** @returns null for a file without any byte */
function headOf(path: string): Buffer | null {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(HEAD)
    const read = readSync(file, head, 0, HEAD, 0)
    return read === 0 ? null : head.subarray(0, read)
  } finally {
    closeSync(file)
  }
}

function headProblem(head: Buffer): Unusable | null {
  if (head.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'not-a-database'
  if (head.length < HEAD) return 'truncated'
  return head.readUInt32BE(68) === 0 ? null : 'other-application'
}

/** Reading the whole of a larger file would hold up every start: it is read after an unclean end. */
const READ_AT_EVERY_START = 64 * 1024 * 1024

function inspectPages(path: string, head: Buffer): Found {
  const { size } = statSync(path)
  const log = logState({ wal: `${path}-wal`, shm: `${path}-shm` })
  if (log === 'damaged') return { kind: 'damaged-log' }
  // This program keeps a -wal from the file's first page on: beside a file that never had one it is another file's.
  if (log === 'sound' && head[18] === 1) return { kind: 'foreign-log' }
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16)
  const isCounted = head.readUInt32BE(24) === head.readUInt32BE(92)
  if (log === 'nothing' && isCounted && size < head.readUInt32BE(28) * pageSize) return { kind: 'truncated' }
  return schemaOf(path, log === 'sound' ? 'whole' : size <= READ_AT_EVERY_START ? 'pages' : 'none')
}

/** @param check how much of it is read: with its indexes, its pages, or the schema alone */
function schemaOf(path: string, check: 'whole' | 'pages' | 'none'): Found {
  const sqlite = new Database(path, { readonly: true, fileMustExist: true, timeout: 1000 })
  try {
    const kind = ownTables(sqlite)
    if (kind === 'other-application') return { kind }
    if (check !== 'none') {
      const pragma = check === 'whole' ? 'integrity_check(1)' : 'quick_check(1)'
      if (sqlite.pragma(pragma, { simple: true }) !== 'ok') return { kind: 'corrupt' }
    }
    return kind === 'nothing' ? { kind: 'survey', isOlder: true } : versionOf(sqlite)
  } catch (error) {
    const { code = '' } = error as { code?: string }
    if (code.startsWith('SQLITE_CORRUPT')) return { kind: 'corrupt' }
    if (code.startsWith('SQLITE_NOTADB')) return { kind: 'not-a-database' }
    throw error
  } finally {
    sqlite.close()
  }
}

/** Tables that every version has had. */
const OWN = ['audit_log', 'hospitals', 'settings', 'submissions', '__drizzle_migrations']

/** A first start that was killed leaves a database without a table. */
function ownTables(sqlite: Database.Database): 'ours' | 'nothing' | 'other-application' {
  const names = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  if (names.every((name) => name === '__drizzle_migrations')) return 'nothing'
  return OWN.every((name) => names.includes(name)) ? 'ours' : 'other-application'
}

/** By the migrations that it has seen, and where it has seen them all by its columns. */
function versionOf(sqlite: Database.Database): Found {
  const seen = sqlite.prepare('SELECT hash, created_at AS at FROM __drizzle_migrations').all() as {
    hash: string
    at: number
  }[]
  const shipped = readMigrationFiles({ migrationsFolder: MIGRATIONS })
  const hashes = new Set(shipped.map(({ hash }) => hash))
  const unknown = seen.filter(({ hash }) => !hashes.has(hash))
  const newest = shipped.at(-1)!.folderMillis
  if (unknown.some(({ at }) => at > newest)) return { kind: 'newer' }
  if (unknown.length > 0) return { kind: 'unknown-schema' }
  if (seen.length < shipped.length) return { kind: 'survey', isOlder: true }
  return hasOurColumns(sqlite) ? { kind: 'survey', isOlder: false } : { kind: 'unknown-schema' }
}

function hasOurColumns(sqlite: Database.Database): boolean {
  const there = sqlite
    .prepare(
      `SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> '__drizzle_migrations'
         AND t.name NOT LIKE '\\_litestream\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all() as string[]
  const ours = Object.values(schema)
    .filter((each) => each instanceof SQLiteTable)
    .map((table) => getTableConfig(table as SQLiteTable))
    .flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
  return there.length === ours.length && new Set([...there, ...ours]).size === ours.length
}
