import { and, desc, eq } from 'drizzle-orm'
import { type Db, immediately } from './open.ts'
import {
  type ApproveOutcome,
  approve,
  type CloseOutcome,
  close,
  findProposal,
  openProposal,
  type Proposal,
  type ProposeOutcome,
  proposalFilesOf,
  propose,
} from './proposal-decisions.ts'
import type { By, NewEdition, NewFile, RoundFile } from './round-editions.ts'
import { proposalFiles, proposals } from './schema.ts'

export type { ApproveOutcome, CloseOutcome, Proposal, ProposeOutcome } from './proposal-decisions.ts'
export type ProposalStore = ReturnType<typeof proposalStore>

export function proposalStore(db: Db) {
  return {
    /** Freezes what is proposed, files and all: what is approved later is just this. */
    propose: (edition: NewEdition, by: By): ProposeOutcome =>
      immediately(db, (tx) => propose(tx, edition, by)),

    /**
     * 決裁 by somebody else than the proposer: the proposed bytes become the round's.
     * @param archive made of them and of who approves, to be frozen beside them
     */
    approve: (id: number, archive: NewFile, by: By): ApproveOutcome =>
      immediately(db, (tx) => approve(tx, id, archive, by)),

    /** 差戻し by somebody else, 取下げ by the proposer. */
    close: (id: number, state: 'returned' | 'withdrawn', decision: By & { reason: string }): CloseOutcome =>
      immediately(db, (tx) => close(tx, id, state, decision)),

    open: (): Proposal | null => openProposal(db),

    byId: (id: number): Proposal | null => findProposal(db, id),

    /** The newest first. */
    all: (): Proposal[] => db.select().from(proposals).orderBy(desc(proposals.id)).all(),

    file(proposal: Proposal, name: string): RoundFile | null {
      const named = and(eq(proposalFiles.proposal, proposal.id), eq(proposalFiles.name, name))
      return db.select().from(proposalFiles).where(named).get() ?? null
    },

    files: (proposal: Proposal): RoundFile[] => proposalFilesOf(db, proposal.id),
  }
}
