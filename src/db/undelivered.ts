import { and, asc, eq, isNotNull, or, sql } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { isUnsettled } from './mail-ends.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { enqueueReceipt, type ReceiptMail } from './outbox.ts'
import { letters, mailSettlings, outbox, reminders, submissions } from './schema.ts'

/** A mail that never reached anybody, and of which somebody has to see that its hospital is told. */
export interface UndeliveredMail {
  id: number
  recipient: string
  subject: string
  createdAt: Date
  /** `refused`: given up; `too-many`: not sent, as too many wait for the address. */
  why: 'refused' | 'too-many'
  /** What it is about: a hospital's key, and a 受付番号. Null where it is of none. */
  hospitalCode: string | null
  number: string | null
  isReceipt: boolean
}

const isUndelivered = and(or(isNotNull(outbox.failedAt), eq(outbox.leftOutReason, 'too-many')), isUnsettled)

export function undeliveredStore(db: Db) {
  return {
    /** What nobody has settled, the oldest first. */
    all: (): UndeliveredMail[] => undelivered(db),

    /**
     * The hospital was told another way.
     * @param mails as the page showed them. `changed`: a colleague has settled one of them, and nothing was stored
     */
    told: (mails: readonly number[], note: string, by: Act): 'settled' | 'changed' =>
      immediately(db, (tx) => settle(tx, { mails, what: 'told', note }, by)),

    /** The receipts that they were are put on their way once more, as they stand now. @param mails as in `told` */
    again: (
      mails: readonly number[],
      receipts: readonly Omit<ReceiptMail, 'isOfficers'>[],
      by: Act,
    ): 'settled' | 'changed' =>
      immediately(db, (tx) => {
        const outcome = settle(tx, { mails, what: 'again', note: null }, by)
        if (outcome === 'settled')
          for (const receipt of receipts) enqueueReceipt(tx, { ...receipt, isOfficers: true }, by.at)
        return outcome
      }),
  }
}

function undelivered(db: Db | Transaction): UndeliveredMail[] {
  return db
    .select({
      mail: outbox,
      number: submissions.number,
      hospitalCode: sql<
        string | null
      >`coalesce(${submissions.hospitalCode}, ${reminders.hospitalCode}, ${letters.hospitalCode})`,
    })
    .from(outbox)
    .leftJoin(submissions, eq(submissions.id, outbox.submission))
    .leftJoin(reminders, eq(reminders.mail, outbox.id))
    .leftJoin(letters, eq(letters.mail, outbox.id))
    .where(isUndelivered)
    .orderBy(asc(outbox.id))
    .all()
    .map(({ mail: { id, recipient, subject, createdAt, failedAt, isReceipt }, number, hospitalCode }) => ({
      ...{ id, recipient, subject, createdAt, isReceipt, number, hospitalCode },
      why: failedAt ? 'refused' : 'too-many',
    }))
}

function settle(
  tx: Transaction,
  { mails, ...settling }: { mails: readonly number[]; what: 'told' | 'again'; note: string | null },
  { actor, at }: Act,
): 'settled' | 'changed' {
  const open = undelivered(tx).filter(({ id }) => mails.includes(id))
  if (open.length === 0 || open.length !== mails.length) return 'changed'
  for (const { id } of open)
    tx.insert(mailSettlings)
      .values({ mail: id, ...settling, author: actor, createdAt: at })
      .run()
  const detail = {
    count: open.length,
    mails: open.map(({ id }) => id),
    answers: numbersOf(open),
    ...settling,
  }
  appendAudit(tx, { at, actor, action: 'mail.settled', subject: String(open[0]!.id), detail })
  return 'settled'
}

function numbersOf(mails: readonly UndeliveredMail[]): string[] {
  return [...new Set(mails.flatMap(({ number }) => (number === null ? [] : [number])))]
}
