import type Database from 'better-sqlite3'
import { and, eq, sql } from 'drizzle-orm'
import { type AnswerContentRow, answerDigest } from '../domain/record/answer-digest.ts'
import type { Db, Transaction } from './open.ts'
import { submissionVersions } from './schema.ts'

/** As a function of the connection, which holds the key: no table does. Null where it holds none. */
export function registerAnswerDigest(sqlite: Database.Database, key: Uint8Array | null): void {
  const options = { deterministic: true, directOnly: true }
  sqlite.function(
    'answer_digest',
    options,
    (content) => key && answerDigest(key, JSON.parse(String(content)) as AnswerContentRow),
  )
}

/** Of a version as it is stored; null where the connection holds no receipt key. */
export function storedAnswerDigest(
  db: Db | Transaction,
  { submission, version }: { submission: number; version: number },
): string | null {
  const wanted = and(eq(submissionVersions.submission, submission), eq(submissionVersions.version, version))
  const row = db.select().from(submissionVersions).where(wanted).get()
  return row ? digestOf(db, row) : null
}

function digestOf(db: Db | Transaction, row: typeof submissionVersions.$inferSelect): string | null {
  // A column that a later program adds says nothing new of an answer that was given before it.
  const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
  const content = JSON.stringify({ ...said, createdAt: row.createdAt.toISOString() })
  return db.get<{ digest: string | null }>(sql`SELECT answer_digest(${content}) AS digest`).digest
}

interface VersionDigest {
  version: number
  createdAt: Date
  content: string | null
}

/** Of all answers, by their ids; the first version first. */
export function contentDigests(db: Db): Map<number, VersionDigest[]> {
  const rows = db
    .select()
    .from(submissionVersions)
    .orderBy(submissionVersions.submission, submissionVersions.version)
    .all()
  const digests = new Map<number, VersionDigest[]>()
  for (const row of rows) {
    const { submission, version, createdAt } = row
    const known = digests.get(submission) ?? []
    known.push({ version, createdAt, content: digestOf(db, row) })
    digests.set(submission, known)
  }
  return digests
}
