import { and, asc, eq, getTableColumns } from 'drizzle-orm'
import type { Submission } from '../domain/answer/submission.ts'
import { decoderOf, keptRows } from './kept-rows.ts'
import type { Db, Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { codeColumn } from './receipt-codes.ts'
import { submissions, submissionVersions } from './schema.ts'
import { isLatest, toSubmission } from './submission-versions.ts'

/** Every answer with its latest version, by its number: the same ones as long as nothing changes. */
export function allSubmissions(db: Db | Transaction): readonly Submission[] {
  return keptSubmissions(db)()
}

const keptSubmissions = prepared((db) => {
  const [columns, versionColumns] = [getTableColumns(submissions), getTableColumns(submissionVersions)]
  // Without their codes: to make one takes longer than to read what was answered, and it never changes.
  const rows = db
    .select({ submission: columns, latest: versionColumns })
    .from(submissions)
    .innerJoin(submissionVersions, and(eq(submissionVersions.submission, submissions.id), isLatest))
    .orderBy(asc(submissions.id))
    .prepare()
  const decoded = decoderOf<typeof submissions.$inferSelect>(columns)
  const version = decoderOf<typeof submissionVersions.$inferSelect>(versionColumns)
  const firstOfVersion = Object.keys(columns).length
  return keptRows<Submission>(
    db,
    () => rows.values() as unknown[][],
    (changed) => {
      const codeOf = codesOf(db, changed.length)
      return changed.map((row) => {
        const submission = decoded(row)
        const code = codeOf(submission.id)
        return toSubmission({ submission: { ...submission, code }, latest: version(row, firstOfVersion) })
      })
    },
  )
})

/** @param count of how many answers it is wanted */
function codesOf(db: Db, count: number): (id: number) => string | null {
  if (count <= FEW) return (id) => codeOfOne(db).get({ id })?.code ?? null
  const codes = new Map(
    db
      .select({ id: submissions.id, code: codeColumn })
      .from(submissions)
      .all()
      .map(({ id, code }) => [id, code]),
  )
  return (id) => codes.get(id) ?? null
}

/** So many are asked for one by one sooner than all at once. */
const FEW = 200

const codeOfOne = prepared((db) =>
  db
    .select({ code: codeColumn })
    .from(submissions)
    .where(eq(submissions.id, value('id')))
    .prepare(),
)
