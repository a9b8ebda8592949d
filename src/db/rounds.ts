import { and, desc, eq } from 'drizzle-orm'
import { type Db, immediately, type Transaction } from './open.ts'
import { openProposal } from './proposal-decisions.ts'
import {
  type By,
  insertEdition,
  isOvertaken,
  lastEdition,
  type NewEdition,
  type Round,
  type RoundFile,
} from './round-editions.ts'
import { roundFiles, rounds } from './schema.ts'

export type { By, NewEdition, NewFile, Round, RoundFile } from './round-editions.ts'
export type RoundStore = ReturnType<typeof roundStore>

/** `overtaken`: by another edition, or by this one sent twice. */
export type ConfirmOutcome = 'confirmed' | 'overtaken' | 'proposal-open'

export function roundStore(db: Db) {
  const all = (): Round[] => db.select().from(rounds).orderBy(rounds.number, rounds.edition).all()
  const newestFirst = desc(rounds.edition)

  return {
    /** Freezes an edition with the hashes of its files, by one person alone. */
    confirm: (edition: NewEdition, by: By): ConfirmOutcome =>
      immediately(db, (tx) => confirm(tx, edition, by)),

    /** Every edition of every round. */
    all,

    /** The id of the last confirmed edition of any round; 0 where none is. */
    last: (): number => lastEdition(db),

    /** The newest edition of every round. */
    newest: (): Round[] =>
      all().filter(({ number }, index, editions) => editions[index + 1]?.number !== number),

    /** The newest edition of a round. */
    byNumber: (number: number): Round | null =>
      db.select().from(rounds).where(eq(rounds.number, number)).orderBy(newestFirst).get() ?? null,

    /** All of a round, the first one first. */
    editions: (number: number): Round[] =>
      db.select().from(rounds).where(eq(rounds.number, number)).orderBy(rounds.edition).all(),

    file(round: Round, name: string): RoundFile | null {
      const named = and(eq(roundFiles.round, round.id), eq(roundFiles.name, name))
      return db.select().from(roundFiles).where(named).get() ?? null
    },

    files: (round: Round): { name: string; sha256: string }[] =>
      db
        .select({ name: roundFiles.name, sha256: roundFiles.sha256 })
        .from(roundFiles)
        .where(eq(roundFiles.round, round.id))
        .orderBy(roundFiles.name)
        .all(),
  }
}

function confirm(tx: Transaction, edition: NewEdition, by: By): ConfirmOutcome {
  if (isOvertaken(tx, edition)) return 'overtaken'
  if (openProposal(tx)) return 'proposal-open'
  insertEdition(tx, edition, by, null)
  return 'confirmed'
}
