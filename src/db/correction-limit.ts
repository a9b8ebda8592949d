import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { againFrom, HOUR } from './limit.ts'
import type { Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { submissionVersions } from './schema.ts'

/** Far more than anybody changes his mind. Each is kept, and mailed: what a program sends has an end. */
export const MOST_CORRECTED = [{ within: HOUR, most: 20 }] as const

const ownCorrections = prepared((db) =>
  db
    .select({ createdAt: submissionVersions.createdAt })
    .from(submissionVersions)
    .where(
      and(
        ...[eq(submissionVersions.submission, value('submission')), isNull(submissionVersions.author)],
        ...[gt(submissionVersions.version, 1), gt(submissionVersions.createdAt, value('since'))],
      ),
    )
    .orderBy(desc(submissionVersions.version))
    .limit(1)
    .offset(sql.placeholder('before'))
    .prepare(),
)

/** From when the hospital's own corrections of an answer are taken again; null where they are now. */
export function takenAgainFrom(tx: Transaction, submission: number, at: Date): Date | null {
  return againFrom(MOST_CORRECTED, at, (range) => ownCorrections(tx).get({ submission, ...range })?.createdAt)
}
