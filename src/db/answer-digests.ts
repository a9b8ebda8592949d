import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db, Transaction } from './open.ts'
import { submissions, submissionVersions } from './schema.ts'

/** Every version with the くじ番号 of its answer, which stands nowhere else on the record. */
function versionRows(db: Db | Transaction) {
  return db
    .select({ version: submissionVersions, lot: submissions.lot })
    .from(submissionVersions)
    .innerJoin(submissions, eq(submissions.id, submissionVersions.submission))
    .$dynamic()
}

/** Of a version as it is stored; null where the connection holds no receipt key. */
export function storedAnswerDigest(
  db: Db | Transaction,
  { submission, version }: { submission: number; version: number },
): string | null {
  const wanted = and(eq(submissionVersions.submission, submission), eq(submissionVersions.version, version))
  const row = versionRows(db).where(wanted).get()
  return row ? digestOf(db, row) : null
}

interface VersionRow {
  version: typeof submissionVersions.$inferSelect
  lot: number | null
}

function digestOf(db: Db | Transaction, { version, lot }: VersionRow): string | null {
  const row = { ...version, createdAt: version.createdAt.toISOString(), lot }
  // A column that a later program adds says nothing new of an answer that was given before it.
  const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
  return db.get<{ digest: string | null }>(sql`SELECT answer_digest(${JSON.stringify(said)}) AS digest`)
    .digest
}

interface VersionDigest {
  version: number
  createdAt: Date
  content: string | null
}

/** Of all answers, by their ids; the first version first. */
export function contentDigests(db: Db): Map<number, VersionDigest[]> {
  const inOrder = [asc(submissionVersions.submission), asc(submissionVersions.version)]
  const digests = new Map<number, VersionDigest[]>()
  for (const row of versionRows(db)
    .orderBy(...inOrder)
    .all()) {
    const { submission, version, createdAt } = row.version
    const known = digests.get(submission) ?? []
    known.push({ version, createdAt, content: digestOf(db, row) })
    digests.set(submission, known)
  }
  return digests
}

/** Where every answer stands, those that say nothing too: no program of ours leaves one. */
export function standingsOf(db: Db) {
  const { id, number, state, hospitalCode, channel, isMatched, submittedAt, createdAt } = submissions
  const columns = { id, number, state, hospitalCode, channel, isMatched, submittedAt, createdAt }
  return db.select(columns).from(submissions).orderBy(asc(id)).all()
}
