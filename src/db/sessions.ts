import { createHash } from 'node:crypto'
import { and, asc, count, eq, isNull, lt, ne } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately } from './open.ts'
import { prepared, value } from './prepared.ts'
import { sessions } from './schema.ts'

export type SessionTable = ReturnType<typeof sessionTable>

const rowByHash = prepared((db) =>
  db
    .select()
    .from(sessions)
    .where(eq(sessions.idHash, value('hash')))
    .prepare(),
)

/** Officers' sessions, found by the hash of their id and gone when they expire. */
export function sessionTable(db: Db, now: () => Date) {
  return {
    get(id: string): string | null {
      const row = rowByHash(db).get({ hash: hash(id) })
      return row && row.expiresAt > now() ? row.data : null
    },
    /** @param login whose it is; null before the login */
    set(id: string, data: string, expiresAt: Date, login: string | null = null): void {
      const row = { idHash: hash(id), data, expiresAt, login }
      db.insert(sessions).values(row).onConflictDoUpdate({ target: sessions.idHash, set: row }).run()
    },
    destroy: (id: string): void =>
      void db
        .delete(sessions)
        .where(eq(sessions.idHash, hash(id)))
        .run(),
    prune: (): number => db.delete(sessions).where(lt(sessions.expiresAt, now())).run().changes,

    /** Those of a login that still last, in no order. */
    ofLogin(login: string): { data: string; isOf(id: string): boolean }[] {
      const rows = db
        .select()
        .from(sessions)
        .where(eq(sessions.login, login))
        .orderBy(asc(sessions.expiresAt))
      return rows
        .all()
        .filter(({ expiresAt }) => expiresAt > now())
        .map(({ data, idHash }) => ({ data, isOf: (id) => hash(id) === idHash }))
    },

    /** Ends every session of a login but this one. @returns how many there were */
    endOthers: (login: string, id: string, { actor, at }: Act): number =>
      immediately(db, (tx) => {
        const others = and(eq(sessions.login, login), ne(sessions.idHash, hash(id)))
        const ended = tx.delete(sessions).where(others).run().changes
        if (ended > 0)
          appendAudit(tx, { at, actor, action: 'login.others-ended', subject: login, detail: { ended } })
        return ended
      }),

    /** How many belong to nobody who has logged in. */
    strangers: (): number => db.select({ n: count() }).from(sessions).where(isNull(sessions.login)).get()!.n,
  }
}

function hash(id: string): string {
  return createHash('sha256').update(id, 'utf8').digest('hex')
}
