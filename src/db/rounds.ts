import { hash } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { roundFiles, rounds } from './schema.ts'

export type RoundStore = ReturnType<typeof roundStore>
export type Round = typeof rounds.$inferSelect

export interface RoundFile {
  name: string
  bytes: Buffer
  sha256: string
}

export interface NewRound {
  number: number
  policyVersion: number
  freeSeatsReason: string | null
  confirmedBy: string
  confirmedAt: Date
  files: { name: string; bytes: Buffer }[]
}

export function roundStore(db: Db) {
  return {
    /** Freezes the files with their hashes. The same number can be confirmed once. */
    confirm: (round: NewRound): 'confirmed' | 'already-confirmed' =>
      immediately(db, (tx) => confirm(tx, round)),

    all: (): Round[] => db.select().from(rounds).orderBy(rounds.number, rounds.edition).all(),

    /** The newest edition of a round. */
    byNumber(number: number): Round | null {
      const newest = desc(rounds.edition)
      return db.select().from(rounds).where(eq(rounds.number, number)).orderBy(newest).get() ?? null
    },

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

function confirm(tx: Transaction, { files, ...round }: NewRound): 'confirmed' | 'already-confirmed' {
  if (tx.select().from(rounds).where(eq(rounds.number, round.number)).get()) return 'already-confirmed'
  const { id } = tx
    .insert(rounds)
    .values({ ...round, edition: 1 })
    .returning({ id: rounds.id })
    .get()
  const hashes: Record<string, string> = {}
  for (const { name, bytes } of files) {
    hashes[name] = hash('sha256', bytes, 'hex')
    tx.insert(roundFiles).values({ round: id, name, bytes, sha256: hashes[name] }).run()
  }
  const { policyVersion, freeSeatsReason } = round
  appendAudit(tx, {
    at: round.confirmedAt,
    actor: round.confirmedBy,
    action: 'round.confirmed',
    subject: `round ${round.number}`,
    detail: { policyVersion, freeSeatsReason, sha256: hashes },
  })
  return 'confirmed'
}
