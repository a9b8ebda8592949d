import { asc, eq } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately } from './open.ts'
import { answerNotes, flagLooks } from './schema.ts'

type AnswerNote = Omit<typeof answerNotes.$inferSelect, 'number'>
type FlagLook = typeof flagLooks.$inferSelect

/** What officers write down about answers. The record says that they did, and not what: it may be about a person. */
export function answerNoteStore(db: Db) {
  return {
    /** The oldest first. */
    of: (number: string): AnswerNote[] =>
      db
        .select()
        .from(answerNotes)
        .where(eq(answerNotes.number, number))
        .orderBy(asc(answerNotes.id))
        .all()
        .map(({ number: _, ...note }) => note),

    add: (number: string, text: string, { actor, at }: Act): void =>
      immediately(db, (tx) => {
        tx.insert(answerNotes).values({ number, text, author: actor, createdAt: at }).run()
        appendAudit(tx, { at, actor, action: 'submission.noted', subject: number, detail: {} })
      }),

    /** What was looked at, the latest of each answer's flags. */
    looks: (): FlagLook[] => {
      const latest = new Map<string, FlagLook>()
      for (const look of db.select().from(flagLooks).orderBy(asc(flagLooks.id)).all())
        latest.set(`${look.number} ${look.flag}`, look)
      return [...latest.values()]
    },

    look: (
      { number, flag, said }: Pick<FlagLook, 'number' | 'flag' | 'said'>,
      note: string,
      { actor, at }: Act,
    ): void =>
      immediately(db, (tx) => {
        tx.insert(flagLooks).values({ number, flag, said, note, author: actor, createdAt: at }).run()
        appendAudit(tx, {
          at,
          actor,
          action: 'submission.flag-looked-at',
          subject: number,
          detail: { flag, reason: note },
        })
      }),
  }
}
