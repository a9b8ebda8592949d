import { hash } from 'node:crypto'
import { max } from 'drizzle-orm'
import { appendAudit } from './audit.ts'
import type { Db, Transaction } from './open.ts'
import { roundFiles, rounds } from './schema.ts'

export type Round = typeof rounds.$inferSelect

/** A file as bytes, with the name under which it is kept. */
export interface NewFile {
  name: string
  bytes: Buffer
}

/** A file of an edition as it is kept. */
export interface RoundFile {
  name: string
  bytes: Buffer
  sha256: string
}

/** An edition of a round as it is proposed or confirmed. */
export interface NewEdition
  extends Pick<
    Round,
    | 'number'
    | 'edition'
    | 'kind'
    | 'policyVersion'
    | 'reason'
    | 'declinedCode'
    | 'freeSeatsReason'
    | 'waitingReason'
  > {
  files: readonly NewFile[]
  /** The last confirmed edition of any round when the facts were read; 0 where none was. Another one since overtakes it. */
  follows: number
}

/** Who did something, and when. */
export interface By {
  actor: string
  at: Date
}

/** Stores a confirmed edition with its files, their hashes and its entry on the record. */
export function insertEdition(
  tx: Transaction,
  { files, follows: _, ...edition }: NewEdition,
  confirmed: By,
  proposed: By | null,
): Round {
  const round = tx
    .insert(rounds)
    .values({
      ...edition,
      proposedBy: proposed?.actor ?? null,
      proposedAt: proposed?.at ?? null,
      confirmedBy: confirmed.actor,
      confirmedAt: confirmed.at,
    })
    .returning()
    .get()
  const hashed = hashedFiles(files)
  for (const file of hashed)
    tx.insert(roundFiles)
      .values({ round: round.id, ...file })
      .run()
  const { number, kind, ...facts } = edition
  appendAudit(tx, {
    ...confirmed,
    action: `round.${kind}`,
    subject: `round ${number}`,
    detail: { ...facts, proposedBy: proposed?.actor ?? null, sha256: hashesOf(hashed) },
  })
  return round
}

/** In the caller's transaction. */
export function isOvertaken(tx: Db | Transaction, { follows }: NewEdition): boolean {
  return lastEdition(tx) !== follows
}

/** 0 where nothing is confirmed yet. */
export function lastEdition(tx: Db | Transaction): number {
  return (
    tx
      .select({ id: max(rounds.id) })
      .from(rounds)
      .get()?.id ?? 0
  )
}

export function hashedFiles(files: readonly NewFile[]): (NewFile & { sha256: string })[] {
  return files.map(({ name, bytes }) => ({ name, bytes, sha256: hash('sha256', bytes, 'hex') }))
}

/** By name, as they stand on the record. */
export function hashesOf(files: readonly { name: string; sha256: string }[]): Record<string, string> {
  return Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256]))
}
