import { renameSync } from 'node:fs'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../src/db/open.ts'

type Faulty = Pick<OpenDatabase, 'db'>

/** No room for one page more, by SQLite's own count. What has room in the pages that are there is still stored. */
export function fillDisk({ db }: Faulty): () => void {
  const { page_count: used } = db.get<{ page_count: number }>(sql`PRAGMA page_count`)
  const set = (most: number) => void db.get(sql.raw(`PRAGMA max_page_count = ${most}`))
  set(used)
  return () => set(1_073_741_823)
}

/** Tables whose pages are no longer those of tables: whatever reads them fails. */
export function damage(database: Faulty, ...tables: string[]): () => void {
  const index = database.db.get<{ rootpage: number }>(
    sql`SELECT rootpage FROM sqlite_master WHERE type = 'index'`,
  )
  return pointedElsewhere(database, tables, index.rootpage)
}

/** Not even which tables there are can be read. */
export function wreck(database: Faulty): () => void {
  return pointedElsewhere(database, ['settings'], 0x7f_ff_ff)
}

function pointedElsewhere({ db }: Faulty, tables: readonly string[], elsewhere: number): () => void {
  const sqlite = (db as Faulty['db'] & { $client: Database.Database }).$client
  const found = sqlite.prepare("SELECT rootpage FROM sqlite_master WHERE name = ? AND type = 'table'").pluck()
  const roots = new Map(tables.map((table) => [table, found.get(table) as number]))
  const point = (pageOf: (table: string) => number) => {
    sqlite.unsafeMode(true)
    sqlite.pragma('writable_schema = ON')
    for (const table of tables)
      sqlite
        .prepare("UPDATE sqlite_master SET rootpage = ? WHERE name = ? AND type = 'table'")
        .run(pageOf(table), table)
    sqlite.pragma('writable_schema = RESET')
    sqlite.unsafeMode(false)
  }
  point(() => elsewhere)
  return () => point((table) => roots.get(table)!)
}

export function makeReadOnly({ db }: Faulty): () => void {
  db.run(sql`PRAGMA query_only = ON`)
  return () => void db.run(sql`PRAGMA query_only = OFF`)
}

/** Another program writes, and takes its time. */
export function lock(path: string): () => void {
  const other = new Database(path)
  other.exec('BEGIN IMMEDIATE')
  return () => {
    other.exec('ROLLBACK')
    other.close()
  }
}

/** The file lies elsewhere now. */
export function moveAway(path: string): () => void {
  renameSync(path, `${path}.elsewhere`)
  return () => renameSync(`${path}.elsewhere`, path)
}
