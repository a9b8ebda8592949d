import { hash } from 'node:crypto'
import { max } from 'drizzle-orm'
import type { AuditHead } from '../domain/record/audit.ts'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit, auditHead } from './audit.ts'
import {
  type ConfirmedEdition,
  confirmedEditions,
  type Edition,
  type EditionFacts,
  type EditionFile,
  factsOf,
  fileHashes,
  fileOf,
  filesOf,
  findProposal,
  lastConfirmation,
  type NewEdition,
  type NewFile,
  type OpenEdition,
  openEdition,
  type ProposedEdition,
  proposedEditions,
} from './edition-rows.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { editionFiles, editionSettlings, editions } from './schema.ts'

/**
 * Makes the file that tells who decided: the last one of an edition, made as it is confirmed.
 * @param audit the record just before the confirmation's own entry
 */
type ArchiveMaker = (audit: AuditHead) => NewFile

/** `overtaken`: by another edition, or by this one sent twice. */
type ConfirmOutcome = 'confirmed' | 'overtaken' | 'proposal-open'
type ProposeOutcome =
  | { kind: 'proposed'; proposal: number }
  /** One at a time: that one has to be settled first. */
  | { kind: 'already-open'; proposal: number }
  | { kind: 'overtaken' }
export type ApproveOutcome = 'approved' | 'not-open' | 'own-proposal'
/** Only the proposer withdraws, only somebody else returns. */
type CloseOutcome = 'closed' | 'not-open' | 'not-entitled'

export function editionStore(db: Db) {
  return {
    /** Freezes an edition with the hashes of its files, by one person alone. */
    confirm: (edition: NewEdition, archive: ArchiveMaker, by: Act): ConfirmOutcome =>
      immediately(db, (tx) => confirm(tx, edition, archive, by)),

    /** Freezes what is proposed, files and all: what is approved later is just this. */
    propose: (edition: NewEdition, by: Act): ProposeOutcome =>
      immediately(db, (tx) => propose(tx, edition, by)),

    /** 決裁 by somebody else than the proposer: the proposed bytes are the round's. */
    approve: (proposal: number, archive: ArchiveMaker, by: Act): ApproveOutcome =>
      immediately(db, (tx) => approve(tx, proposal, archive, by)),

    /** 差戻し by somebody else, 取下げ by the proposer. */
    close: (proposal: number, state: 'returned' | 'withdrawn', decision: ReasonedAct): CloseOutcome =>
      immediately(db, (tx) => close(tx, proposal, state, decision)),

    /** Every confirmed edition of every round: by round, the first one first. */
    confirmed: (): ConfirmedEdition[] => confirmedEditions(db),

    /** The confirmed ones of a round, the first one first. */
    ofRound: (number: number): ConfirmedEdition[] => confirmedEditions(db, number),

    /** The newest confirmed edition of every round. */
    newest: (): ConfirmedEdition[] =>
      confirmedEditions(db).filter(({ number }, index, all) => all[index + 1]?.number !== number),

    /** The newest confirmed edition of a round. */
    newestOf: (number: number): ConfirmedEdition | null => confirmedEditions(db, number).at(-1) ?? null,

    /** The last confirmation of any edition; 0 where none is. */
    last: (): number => lastConfirmation(db),

    /** What waits for its second person. */
    open: (): OpenEdition | null => openEdition(db),

    byProposal: (proposal: number): ProposedEdition | null => findProposal(db, proposal),

    /** The newest first. */
    proposals: (): ProposedEdition[] => proposedEditions(db),

    file: (edition: Edition, name: string): EditionFile | null => fileOf(db, edition, name),

    /** Act name. */
    files: (edition: Edition): EditionFile[] => filesOf(db, edition),

    /** Act name: the SHA-256 of what is there, whatever was written down of it. */
    fileSums: (edition: Edition): Omit<EditionFile, 'bytes'>[] =>
      filesOf(db, edition).map(({ name, bytes }) => ({ name, sha256: hash('sha256', bytes, 'hex') })),

    /** Act name, without their bytes. */
    hashes: (edition: Edition): Omit<EditionFile, 'bytes'>[] => fileHashes(db, edition),
  }
}

function confirm(tx: Transaction, edition: NewEdition, archive: ArchiveMaker, by: Act): ConfirmOutcome {
  if (lastConfirmation(tx) !== edition.follows) return 'overtaken'
  if (openEdition(tx)) return 'proposal-open'
  const { id } = insertEdition(tx, edition, null)
  settleConfirmed(tx, { ...edition, id, proposed: null }, archive, by)
  return 'confirmed'
}

function propose(tx: Transaction, edition: NewEdition, by: Act): ProposeOutcome {
  const open = openEdition(tx)
  if (open) return { kind: 'already-open', proposal: open.proposal }
  if (lastConfirmation(tx) !== edition.follows) return { kind: 'overtaken' }
  const proposal = lastProposal(tx) + 1
  const { sha256 } = insertEdition(tx, edition, { proposal, by })
  record(tx, edition, 'proposal.proposed', by, { ...factsOf(edition), sha256, proposal })
  return { kind: 'proposed', proposal }
}

function approve(tx: Transaction, proposal: number, archive: ArchiveMaker, by: Act): ApproveOutcome {
  const edition = findProposal(tx, proposal)
  if (edition?.state !== 'open') return 'not-open'
  if (edition.proposed.actor === by.actor) return 'own-proposal'
  settleConfirmed(tx, edition, archive, by)
  return 'approved'
}

function close(
  tx: Transaction,
  proposal: number,
  state: 'returned' | 'withdrawn',
  { actor, at, reason }: ReasonedAct,
): CloseOutcome {
  const edition = findProposal(tx, proposal)
  if (edition?.state !== 'open') return 'not-open'
  if ((edition.proposed.actor === actor) !== (state === 'withdrawn')) return 'not-entitled'
  const settling = { edition: edition.id, state, settledBy: actor, settledAt: at, reason }
  tx.insert(editionSettlings).values(settling).run()
  record(tx, edition, `proposal.${state}`, { actor, at }, { reason, proposal, edition: edition.edition })
  return 'closed'
}

/** @returns its id, and the hashes of its files as they stand on the record */
function insertEdition(
  tx: Transaction,
  edition: NewEdition,
  proposed: { proposal: number; by: Act } | null,
): { id: number; sha256: Record<string, string> } {
  const { id } = tx
    .insert(editions)
    .values({
      ...factsOf(edition),
      proposal: proposed?.proposal ?? null,
      proposedBy: proposed?.by.actor ?? null,
      proposedAt: proposed?.by.at ?? null,
    })
    .returning({ id: editions.id })
    .get()
  const hashes = edition.files.map((file) => [file.name, insertFile(tx, id, file)])
  return { id, sha256: Object.fromEntries(hashes) }
}

function insertFile(tx: Transaction, edition: number, { name, bytes }: NewFile): string {
  const sha256 = hash('sha256', bytes, 'hex')
  tx.insert(editionFiles).values({ edition, name, bytes, sha256 }).run()
  return sha256
}

function settleConfirmed(
  tx: Transaction,
  edition: EditionFacts & Pick<Edition, 'id' | 'proposed'>,
  archive: ArchiveMaker,
  by: Act,
): void {
  insertFile(tx, edition.id, archive(auditHead(tx)))
  const settling = { edition: edition.id, state: 'confirmed' as const, settledBy: by.actor, settledAt: by.at }
  tx.insert(editionSettlings).values(settling).run()
  const { number: _, kind, ...facts } = factsOf(edition)
  const sha256 = Object.fromEntries(fileHashes(tx, edition).map((file) => [file.name, file.sha256]))
  const detail = { ...facts, proposedBy: edition.proposed?.actor ?? null, sha256 }
  record(tx, edition, `round.${kind}`, by, detail)
}

function record(
  tx: Transaction,
  { number }: EditionFacts,
  action: string,
  by: Act,
  detail: Parameters<typeof appendAudit>[1]['detail'],
): void {
  appendAudit(tx, { ...by, action, subject: `round ${number}`, detail })
}

function lastProposal(tx: Transaction): number {
  return (
    tx
      .select({ last: max(editions.proposal) })
      .from(editions)
      .get()?.last ?? 0
  )
}
