import { and, count, eq, gt, isNotNull, max, min, sql } from 'drizzle-orm'
import { isOpen, isUnsettled } from './mail-ends.ts'
import type { Db } from './open.ts'
import { auditLog, outbox, sessions } from './schema.ts'

export type FigureStore = ReturnType<typeof figureStore>

/** How the survey stands in numbers alone, for whoever watches the machine. */
export function figureStore(db: Db) {
  return {
    /** Mails that have still to leave, since when the oldest of them has been waiting, and those that were given up. */
    mail(): { waiting: number; oldest: Date | null; givenUp: number } {
      const open = db
        .select({ waiting: count(), oldest: min(outbox.createdAt) })
        .from(outbox)
        .where(isOpen)
        .get()!
      const given = and(isNotNull(outbox.failedAt), isUnsettled)
      return { ...open, givenUp: db.select({ n: count() }).from(outbox).where(given).get()!.n }
    },

    /** Of officers who have logged in, those that still last. */
    sessions: (now: Date): number =>
      db
        .select({ n: count() })
        .from(sessions)
        .where(and(isNotNull(sessions.login), gt(sessions.expiresAt, now)))
        .get()!.n,

    /** What was done after that entry of the record, by action, and the number of the last entry. */
    actsAfter(seq: number): { last: number; acts: { action: string; n: number }[] } {
      // Both of one moment.
      return db.transaction((tx) => ({
        last:
          tx
            .select({ last: max(auditLog.seq) })
            .from(auditLog)
            .get()!.last ?? 0,
        acts: tx
          .select({ action: auditLog.action, n: count() })
          .from(auditLog)
          .where(gt(auditLog.seq, seq))
          .groupBy(auditLog.action)
          .all(),
      }))
    },

    /** When the newest backup was made; null where none was. */
    lastBackup: (): Date | null =>
      db
        .select({ at: auditLog.at })
        .from(auditLog)
        .where(eq(auditLog.action, 'backup.made'))
        .orderBy(sql`${auditLog.seq} desc`)
        .limit(1)
        .get()?.at ?? null,
  }
}
