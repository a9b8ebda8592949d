import { and, desc, eq, isNull, lte } from 'drizzle-orm'
import { type Db, immediately } from './open.ts'
import { stagedImports } from './schema.ts'

interface StagedImport {
  id: number
  actor: string
  file: string
  createdAt: Date
  content: string
}

/** As long as somebody may look at a file before taking it in. */
const LIFETIME = 24 * 60 * 60 * 1000
/** Of one officer at a time: one to take in, others to compare it with. */
const MOST = 3

/** Files that officers look at before they take them in: each sees only what the officer brought. */
export function stagedImportStore(db: Db) {
  return {
    add: (staged: Pick<StagedImport, 'actor' | 'file' | 'content'>, at: Date): number =>
      immediately(db, (tx) => {
        const isOver = and(isNull(stagedImports.endedAt), lte(stagedImports.expiresAt, at))
        tx.update(stagedImports).set({ content: null, endedAt: at, end: 'expired' }).where(isOver).run()
        const isOpen = and(isNull(stagedImports.endedAt), eq(stagedImports.actor, staged.actor))
        const open = tx
          .select({ id: stagedImports.id })
          .from(stagedImports)
          .where(isOpen)
          .orderBy(desc(stagedImports.id))
          .all()
        for (const { id } of open.slice(MOST - 1))
          tx.update(stagedImports)
            .set({ content: null, endedAt: at, end: 'replaced' })
            .where(eq(stagedImports.id, id))
            .run()
        const row = { ...staged, createdAt: at, expiresAt: new Date(at.getTime() + LIFETIME) }
        return tx.insert(stagedImports).values(row).returning({ id: stagedImports.id }).get().id
      }),

    /** Null for whoever did not bring it, and once it is over. */
    open(id: number, actor: string, at: Date): StagedImport | null {
      const row = db.select().from(stagedImports).where(eq(stagedImports.id, id)).get()
      if (!row || row.actor !== actor || row.content === null || row.expiresAt <= at) return null
      return { ...row, content: row.content }
    },

    /** The name of the file, whoever asks. */
    fileOf: (id: number): string | null =>
      db.select({ file: stagedImports.file }).from(stagedImports).where(eq(stagedImports.id, id)).get()
        ?.file ?? null,

    end(id: number, end: 'applied' | 'cancelled', at: Date): void {
      db.update(stagedImports).set({ content: null, endedAt: at, end }).where(eq(stagedImports.id, id)).run()
    },
  }
}
