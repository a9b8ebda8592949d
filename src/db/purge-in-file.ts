import type Database from 'better-sqlite3'
import { isPurgeSigned } from '../domain/record/purge-statement.ts'

interface Row {
  purged_at: number
  retention_until: string
  basis: string
  counts: string
  record_count: number
  record_head: string
  signature: string | null
}

/** By which an installation signs; null before its first start is over. */
export function signingKeyIn(sqlite: Database.Database): string | null {
  const sql = 'SELECT public_key FROM signing_keys ORDER BY id DESC LIMIT 1'
  return (sqlite.prepare(sql).pluck().get() as string | undefined) ?? null
}

/**
 * Whether the keeping was ended meanwhile by this installation, when its record was at least as long as it is known to have
 * been: then nothing of it is there any more, and that is as it should be.
 */
export function wasPurged(sqlite: Database.Database, known: { seq: number; key: string | null }): boolean {
  const row = sqlite.prepare('SELECT * FROM purges ORDER BY id DESC LIMIT 1').get() as Row | undefined
  if (!row || known.key === null || row.record_count < known.seq) return false
  const statement = {
    purgedAt: new Date(row.purged_at),
    retentionUntil: row.retention_until,
    basis: row.basis,
    tables: JSON.parse(row.counts) as { table: string; rows: number }[],
    record: { count: row.record_count, head: row.record_head },
    signature: row.signature,
  }
  return isPurgeSigned(statement, known.key)
}
