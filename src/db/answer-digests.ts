import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db, Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { submissions, submissionVersions } from './schema.ts'

/** Every version with the くじ番号 of its answer, which stands nowhere else on the record. */
function versionRows(db: Db | Transaction) {
  return db
    .select({ version: submissionVersions, lot: submissions.lot })
    .from(submissionVersions)
    .innerJoin(submissions, eq(submissions.id, submissionVersions.submission))
    .$dynamic()
}

const versionRow = prepared((db) =>
  versionRows(db)
    .where(
      and(
        eq(submissionVersions.submission, value('submission')),
        eq(submissionVersions.version, value('version')),
      ),
    )
    .prepare(),
)

/** Of a version as it is stored; null where the connection holds no receipt key. */
export function storedAnswerDigest(
  db: Db | Transaction,
  wanted: { submission: number; version: number },
): string | null {
  const row = versionRow(db).get(wanted)
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
  return madeDigest(db).get({ said: JSON.stringify(said) })!.digest
}

const madeDigest = prepared((db) =>
  db
    .select({ digest: sql<string | null>`answer_digest(${value('said')})` })
    .from(sql`(SELECT 1)`)
    .prepare(),
)

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
