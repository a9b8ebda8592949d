import { and, asc, eq } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { approvalPapers } from './schema.ts'

type ApprovalPaper = typeof approvalPapers.$inferSelect

interface NewPaper extends Omit<ApprovalPaper, 'id' | 'recordedBy' | 'recordedAt'> {
  /** The last one that was seen, 0 where none was: another one since overtakes it. */
  follows: number
}

/** 起案の文書番号 and 決裁日, as they come back from where the decision counts. */
export function approvalPaperStore(db: Db) {
  return {
    /** Of an edition, the first one first: the last one counts. */
    ofEdition: (round: number, edition: number): ApprovalPaper[] => papersOf(db, { round, edition }),

    record: (paper: NewPaper, by: Act): 'recorded' | 'overtaken' =>
      immediately(db, (tx) => record(tx, paper, by)),
  }
}

function papersOf(db: Db | Transaction, { round, edition }: Pick<ApprovalPaper, 'round' | 'edition'>) {
  return db
    .select()
    .from(approvalPapers)
    .where(and(eq(approvalPapers.round, round), eq(approvalPapers.edition, edition)))
    .orderBy(asc(approvalPapers.id))
    .all()
}

function record(tx: Transaction, { follows, ...paper }: NewPaper, by: Act): 'recorded' | 'overtaken' {
  const before = papersOf(tx, paper).at(-1)
  if ((before?.id ?? 0) !== follows) return 'overtaken'
  tx.insert(approvalPapers)
    .values({ ...paper, recordedBy: by.actor, recordedAt: by.at })
    .run()
  const { round, ...detail } = paper
  appendAudit(tx, {
    ...by,
    action: before ? 'approval.corrected' : 'approval.recorded',
    subject: `round ${round}`,
    detail: {
      ...detail,
      before: before ? { documentNumber: before.documentNumber, decidedOn: before.decidedOn } : null,
    },
  })
  return 'recorded'
}
