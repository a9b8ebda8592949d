import { renameSync } from 'node:fs'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../src/db/open.ts'

type Faulty = Pick<OpenDatabase, 'db'>

/** No room for one page more, by SQLite's own count. */
export function fillDisk({ db }: Faulty): () => void {
  const pages = db.get<{ page_count: number }>(sql`PRAGMA page_count`).page_count
  db.run(sql`PRAGMA wal_checkpoint(TRUNCATE)`)
  // What lies free would be used up first.
  db.run(sql`VACUUM`)
  const used = Math.min(pages, db.get<{ page_count: number }>(sql`PRAGMA page_count`).page_count)
  db.get(sql.raw(`PRAGMA max_page_count = ${used}`))
  return () => void db.get(sql`PRAGMA max_page_count = 1073741823`)
}

/** A table whose pages are no longer those of a table. */
export function damage({ db }: Faulty, table: string): () => void {
  const root = db.get<{ rootpage: number }>(
    sql`SELECT rootpage FROM sqlite_master WHERE name = ${table} AND type = 'table'`,
  ).rootpage
  const point = (page: number) => {
    db.run(sql`PRAGMA writable_schema = ON`)
    db.run(sql`UPDATE sqlite_master SET rootpage = ${page} WHERE name = ${table} AND type = 'table'`)
    db.run(sql`PRAGMA writable_schema = RESET`)
  }
  point(0x7f_ff_ff)
  return () => point(root)
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
