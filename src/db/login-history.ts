import { and, count, desc, eq, gt, inArray } from 'drizzle-orm'
import type { Db } from './open.ts'
import { auditLog } from './schema.ts'

/** What the record says of a login until now: the last time that it succeeded, and how often it failed since. */
interface LoginHistory {
  last: { at: Date; address: string } | null
  failures: number
}

/** Read once, at a login: the record is long. */
export function loginHistoryOf(db: Db) {
  return (login: string): LoginHistory => {
    const last = db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, 'login.succeeded'), eq(auditLog.subject, login)))
      .orderBy(desc(auditLog.seq))
      .limit(1)
      .get()
    const failed = and(
      inArray(auditLog.action, ['login.failed', 'login.code-failed']),
      eq(auditLog.subject, login),
      gt(auditLog.seq, last?.seq ?? 0),
    )
    return {
      last: last ? { at: last.at, address: String(JSON.parse(last.detail).address ?? '') } : null,
      failures: db.select({ n: count() }).from(auditLog).where(failed).get()!.n,
    }
  }
}
