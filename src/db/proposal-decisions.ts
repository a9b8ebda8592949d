import { eq } from 'drizzle-orm'
import { appendAudit } from './audit.ts'
import type { Db, Transaction } from './open.ts'
import type { RoundFile } from './round-editions.ts'
import {
  type By,
  hashedFiles,
  hashesOf,
  insertEdition,
  isOvertaken,
  lastEdition,
  type NewEdition,
  type NewFile,
} from './round-editions.ts'
import { proposalFiles, proposals } from './schema.ts'

export type Proposal = typeof proposals.$inferSelect

export type ProposeOutcome =
  | { kind: 'proposed'; id: number }
  /** One at a time: that one has to be settled first. */
  | { kind: 'already-open'; id: number }
  | { kind: 'overtaken' }

export type ApproveOutcome = 'approved' | 'not-open' | 'own-proposal'
/** Only the proposer withdraws, only somebody else returns. */
export type CloseOutcome = 'closed' | 'not-open' | 'not-entitled'

export function openProposal(db: Db | Transaction): Proposal | null {
  return db.select().from(proposals).where(eq(proposals.state, 'open')).get() ?? null
}

/** In the caller's transaction, like the two below. */
export function propose(tx: Transaction, proposed: NewEdition, by: By): ProposeOutcome {
  const open = openProposal(tx)
  if (open) return { kind: 'already-open', id: open.id }
  if (isOvertaken(tx, proposed)) return { kind: 'overtaken' }
  const { files, follows: _, ...edition } = proposed
  const { id } = tx
    .insert(proposals)
    .values({ ...edition, proposedBy: by.actor, proposedAt: by.at, state: 'open' })
    .returning({ id: proposals.id })
    .get()
  const hashed = hashedFiles(files)
  for (const file of hashed)
    tx.insert(proposalFiles)
      .values({ proposal: id, ...file })
      .run()
  record(tx, { id, ...edition }, 'proposed', by, { ...edition, sha256: hashesOf(hashed) })
  return { kind: 'proposed', id }
}

export function approve(tx: Transaction, id: number, archive: NewFile, by: By): ApproveOutcome {
  const proposal = findProposal(tx, id)
  if (proposal?.state !== 'open') return 'not-open'
  if (proposal.proposedBy === by.actor) return 'own-proposal'
  settle(tx, id, { state: 'approved', closedBy: by.actor, closedAt: by.at, closedReason: null })
  const { number, edition, kind, policyVersion, reason, declinedCode, freeSeatsReason, waitingReason } =
    proposal
  insertEdition(
    tx,
    {
      ...{ number, edition, kind, policyVersion, reason, declinedCode, freeSeatsReason, waitingReason },
      files: [...proposalFilesOf(tx, id), archive],
      follows: lastEdition(tx),
    },
    by,
    { actor: proposal.proposedBy, at: proposal.proposedAt },
  )
  return 'approved'
}

export function close(
  tx: Transaction,
  id: number,
  state: 'returned' | 'withdrawn',
  { actor, at, reason }: By & { reason: string },
): CloseOutcome {
  const proposal = findProposal(tx, id)
  if (proposal?.state !== 'open') return 'not-open'
  if ((proposal.proposedBy === actor) !== (state === 'withdrawn')) return 'not-entitled'
  settle(tx, id, { state, closedBy: actor, closedAt: at, closedReason: reason })
  record(tx, proposal, state, { actor, at }, { reason })
  return 'closed'
}

function settle(
  tx: Transaction,
  id: number,
  end: Pick<Proposal, 'state' | 'closedBy' | 'closedAt' | 'closedReason'>,
): void {
  tx.update(proposals).set(end).where(eq(proposals.id, id)).run()
}

function record(
  tx: Transaction,
  { id, number, edition }: Pick<Proposal, 'id' | 'number' | 'edition'>,
  action: string,
  by: By,
  detail: Parameters<typeof appendAudit>[1]['detail'],
): void {
  const subject = `round ${number}`
  appendAudit(tx, {
    ...by,
    action: `proposal.${action}`,
    subject,
    detail: { ...detail, proposal: id, edition },
  })
}

export function findProposal(db: Db | Transaction, id: number): Proposal | null {
  return db.select().from(proposals).where(eq(proposals.id, id)).get() ?? null
}

export function proposalFilesOf(db: Db | Transaction, id: number): RoundFile[] {
  return db
    .select({ name: proposalFiles.name, bytes: proposalFiles.bytes, sha256: proposalFiles.sha256 })
    .from(proposalFiles)
    .where(eq(proposalFiles.proposal, id))
    .orderBy(proposalFiles.name)
    .all()
}
