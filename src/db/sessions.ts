import { createHash } from 'node:crypto'
import { eq, lt } from 'drizzle-orm'
import type { Db } from './open.ts'
import { sessions } from './schema.ts'

export type SessionTable = ReturnType<typeof sessionTable>

/** Officers' sessions, found by the hash of their id and gone when they expire. */
export function sessionTable(db: Db, now: () => Date) {
  return {
    get(id: string): string | null {
      const row = db
        .select()
        .from(sessions)
        .where(eq(sessions.idHash, hash(id)))
        .get()
      return row && row.expiresAt > now() ? row.data : null
    },
    set(id: string, data: string, expiresAt: Date): void {
      const row = { idHash: hash(id), data, expiresAt }
      db.insert(sessions).values(row).onConflictDoUpdate({ target: sessions.idHash, set: row }).run()
    },
    destroy: (id: string): void =>
      void db
        .delete(sessions)
        .where(eq(sessions.idHash, hash(id)))
        .run(),
    prune: (): number => db.delete(sessions).where(lt(sessions.expiresAt, now())).run().changes,
  }
}

function hash(id: string): string {
  return createHash('sha256').update(id, 'utf8').digest('hex')
}
