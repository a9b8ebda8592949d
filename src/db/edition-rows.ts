import { and, desc, eq, isNotNull, isNull, max, type SQL } from 'drizzle-orm'
import type { SettledState } from '../domain/record/round.ts'
import type { Act } from './acts.ts'
import type { Db, Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { editionFiles, editionSettlings, editions } from './schema.ts'

/** What an edition of a round is. */
export type EditionFacts = Pick<
  typeof editions.$inferSelect,
  | 'number'
  | 'edition'
  | 'kind'
  | 'policyVersion'
  | 'reason'
  | 'declinedCode'
  | 'freeSeatsReason'
  | 'waitingReason'
>

interface StoredEdition extends EditionFacts {
  id: number
  /** 起案: its number. Null where one person confirmed alone. */
  proposal: number | null
  proposed: Act | null
}

interface Settling extends Act {
  /** Why it was returned or withdrawn. */
  reason: string | null
}

/** It waits for another officer's 決裁. */
export interface OpenEdition extends StoredEdition {
  proposal: number
  proposed: Act
  state: 'open'
  settled: null
}

interface SettledEdition extends StoredEdition {
  state: SettledState
  settled: Settling
}

export interface ConfirmedEdition extends SettledEdition {
  state: 'confirmed'
}

/** An edition of a round (版), proposed, confirmed, or what else became of it. Nothing of it ever changes. */
export type Edition = OpenEdition | SettledEdition

/** 起案, whatever became of it. */
export type ProposedEdition = Edition & Pick<OpenEdition, 'proposal' | 'proposed'>

/** A file of an edition as it is kept. */
export interface EditionFile {
  name: string
  bytes: Buffer
  sha256: string
}

/** A file as bytes, with the name under which it is kept. */
export interface NewFile {
  name: string
  bytes: Buffer
}

export interface NewEdition extends EditionFacts {
  files: readonly NewFile[]
  /** The last confirmation of any edition when the facts were read; 0 where none was. Another one since overtakes it. */
  follows: number
}

type Reader = Db | Transaction

/** Every confirmed edition: by round, the first one first. */
export function confirmedEditions(db: Reader, number?: number): ConfirmedEdition[] {
  const found = number === undefined ? allConfirmed(db).all() : confirmedOf(db).all({ number })
  return found.map((row) => toEdition(row) as ConfirmedEdition)
}

const confirmedBy = (ofRound?: SQL) =>
  prepared((db) =>
    rows(db)
      .where(and(eq(editionSettlings.state, 'confirmed'), ofRound))
      .orderBy(editions.number, editions.edition)
      .prepare(),
  )
const allConfirmed = confirmedBy()
const confirmedOf = confirmedBy(eq(editions.number, value('number')))

/** Proposed editions, whatever became of them: the newest first. */
export function proposedEditions(db: Reader): ProposedEdition[] {
  const proposed = rows(db).where(isNotNull(editions.proposal)).orderBy(desc(editions.proposal)).all()
  return proposed.map((row) => toEdition(row) as ProposedEdition)
}

export function findProposal(db: Reader, proposal: number): ProposedEdition | null {
  const row = rows(db).where(eq(editions.proposal, proposal)).get()
  return row ? (toEdition(row) as ProposedEdition) : null
}

export function openEdition(db: Reader): OpenEdition | null {
  const row = rows(db).where(isNull(editionSettlings.id)).get()
  return row ? (toEdition(row) as OpenEdition) : null
}

/** The last confirmation of any edition; 0 where nothing is confirmed yet. */
export function lastConfirmation(db: Reader): number {
  const last = db
    .select({ id: max(editionSettlings.id) })
    .from(editionSettlings)
    .where(eq(editionSettlings.state, 'confirmed'))
    .get()
  return last?.id ?? 0
}

/** Act name. */
export function filesOf(db: Reader, edition: Pick<Edition, 'id'>): EditionFile[] {
  const { name, bytes, sha256 } = editionFiles
  return db
    .select({ name, bytes, sha256 })
    .from(editionFiles)
    .where(eq(editionFiles.edition, edition.id))
    .orderBy(name)
    .all()
}

export function fileOf(db: Reader, edition: Pick<Edition, 'id'>, name: string): EditionFile | null {
  const named = and(eq(editionFiles.edition, edition.id), eq(editionFiles.name, name))
  const { bytes, sha256 } = editionFiles
  const file = db.select({ bytes, sha256 }).from(editionFiles).where(named).get()
  return file ? { name, ...file } : null
}

/** Act name, without their bytes. */
export function fileHashes(db: Reader, edition: Pick<Edition, 'id'>): Omit<EditionFile, 'bytes'>[] {
  const { name, sha256 } = editionFiles
  return db
    .select({ name, sha256 })
    .from(editionFiles)
    .where(eq(editionFiles.edition, edition.id))
    .orderBy(name)
    .all()
}

function rows(db: Reader) {
  return db
    .select({ edition: editions, settling: editionSettlings })
    .from(editions)
    .leftJoin(editionSettlings, eq(editionSettlings.edition, editions.id))
}

interface Row {
  edition: typeof editions.$inferSelect
  settling: typeof editionSettlings.$inferSelect | null
}

function toEdition({ edition: { proposedBy, proposedAt, ...facts }, settling }: Row): Edition {
  const proposed = proposedBy === null || proposedAt === null ? null : { actor: proposedBy, at: proposedAt }
  if (!settling)
    return { ...facts, proposal: facts.proposal!, proposed: proposed!, state: 'open', settled: null }
  const { state, settledBy, settledAt, reason } = settling
  return { ...facts, proposed, state, settled: { actor: settledBy, at: settledAt, reason } }
}

export function factsOf(facts: EditionFacts): EditionFacts {
  const { number, edition, kind, policyVersion, reason, declinedCode, freeSeatsReason, waitingReason } = facts
  return { number, edition, kind, policyVersion, reason, declinedCode, freeSeatsReason, waitingReason }
}
