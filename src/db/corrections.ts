import { asc } from 'drizzle-orm'
import type { CorrectionState } from '../domain/master/correction.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { correctionSettlings } from './schema.ts'
import { submissionByNumber } from './submission-versions.ts'

type CorrectionSettling = typeof correctionSettlings.$inferSelect

interface SettlingAct extends Act {
  state: CorrectionState
  reason: string | null
  /** The number of the change of the master that was made by it. */
  change?: number | null
}

/** What became of the hospitals' own 登録内容の訂正. */
export function correctionStore(db: Db) {
  return {
    /** The oldest first. */
    all: (): CorrectionSettling[] =>
      db.select().from(correctionSettlings).orderBy(asc(correctionSettlings.id)).all(),

    /** @returns `no-statement` where the answer states nothing (any more) */
    settle: (number: string, act: SettlingAct): 'settled' | 'no-statement' =>
      immediately(db, (tx) => settleCorrection(tx, number, act)),
  }
}

/** In the caller's transaction: what the answer states today is settled, or waits again. */
export function settleCorrection(
  tx: Transaction,
  number: string,
  { state, reason, change = null, actor, at }: SettlingAct,
): 'settled' | 'no-statement' {
  const submission = submissionByNumber(tx, number)
  const statement = submission?.answers.masterCorrection ?? null
  if (!submission || statement === null) return 'no-statement'
  tx.insert(correctionSettlings)
    .values({ submission: submission.id, statement, state, change, reason, actor, at })
    .run()
  const detail = { state, hospitalCode: submission.hospitalCode, change, reason }
  appendAudit(tx, { at, actor, action: 'correction.settled', subject: number, detail })
  return 'settled'
}
