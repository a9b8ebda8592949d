import { and, asc, desc, eq, gte, isNotNull, lte, sql } from 'drizzle-orm'
import { isOpen, isUnsettled } from './mail-ends.ts'
import { countedAs, isCrowded, letWait, waitingFor } from './mail-limits.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { inserting, prepared, value } from './prepared.ts'
import { outbox } from './schema.ts'
import { uselessBecause } from './useless-mail.ts'

export type OutboxStore = ReturnType<typeof outboxStore>

/** A plain-text mail to one address. */
export interface OutgoingMail {
  recipient: string
  subject: string
  body: string
  /** The answer to whose receipt the body leads, where it does: the way is put in when it leaves. */
  submission?: number
}

/** The mail about an answer. It is written when it leaves, and says what is so then. */
export interface ReceiptMail {
  recipient: string
  /** For the officers' lists. */
  subject: string
  submission: number
  /** An officer's act: it is neither counted nor does it wait. */
  isOfficers: boolean
}

export type QueuedMail = Omit<
  typeof outbox.$inferSelect,
  'sentAt' | 'failedAt' | 'lastError' | 'leftOutAt' | 'leftOutReason'
>

/** Puts a mail on its way in the transaction of the step it reports: both are stored, or neither. @returns its number */
export function enqueue(tx: Transaction, outgoing: OutgoingMail, at: Date): number {
  return put(tx, outgoing, at)
}

const addRow = inserting(outbox)

function put(tx: Transaction, row: OutgoingMail & Partial<typeof outbox.$inferInsert>, at: Date): number {
  const { lastInsertRowid } = addRow(tx, { ...row, createdAt: at, nextAttemptAt: at, attempts: 0 })
  return Number(lastInsertRowid)
}

/** The same for the mail about an answer: where one waits already, that one will say it. */
export function enqueueReceipt(tx: Transaction, { isOfficers, ...mail }: ReceiptMail, at: Date): void {
  const { recipient, subject } = mail
  const address = isOfficers ? null : countedAs(recipient)
  const waiting = waitingFor(tx, mail)
  if (waiting) {
    const sooner = isOfficers ? { countedAs: null, nextAttemptAt: at } : {}
    tx.update(outbox)
      .set({ subject, ...sooner })
      .where(eq(outbox.id, waiting.id))
      .run()
    return
  }
  const leftOut =
    address !== null && isCrowded(tx, address) ? { leftOutAt: at, leftOutReason: 'too-many' as const } : {}
  put(tx, { ...mail, body: '', isReceipt: true, countedAs: address, ...leftOut }, at)
}

const newestOf = prepared((db) =>
  db
    .select()
    .from(outbox)
    .where(and(eq(outbox.submission, value('submission')), outbox.isReceipt))
    .orderBy(desc(outbox.id))
    .limit(1)
    .prepare(),
)

const dueRows = prepared((db) =>
  db
    .select()
    .from(outbox)
    .where(and(isOpen, lte(outbox.nextAttemptAt, value('now'))))
    .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
    .limit(sql.placeholder('limit'))
    .prepare(),
)

export function outboxStore(db: Db) {
  return {
    /** The open mails whose time has come, the longest waiting first. */
    due: (now: Date, limit: number): QueuedMail[] => due(db, now, limit),

    /**
     * Hands out the next mail that is due and counts the attempt. Nobody else gets it while it is being sent;
     * where its sender ended without a word, it is due again after the lease.
     */
    claim: (now: Date): QueuedMail | null =>
      // Looking takes no lock: nothing is due most of the time.
      due(db, now, 1).length === 0 ? null : immediately(db, (tx) => claim(tx, now)),

    markSent: (id: number, at: Date): void =>
      void db
        .update(outbox)
        .set({ sentAt: at, lastError: null, ...BLANKED })
        .where(eq(outbox.id, id))
        .run(),

    /** Sets the next attempt, or gives the mail up: at once when refused for good, else after the last attempt. */
    markFailed: (id: number, failure: DeliveryFailure): 'will-retry' | 'given-up' =>
      immediately(db, (tx) => markFailed(tx, id, failure)),

    /** Every mail that was put on its way since then, whatever became of it, the newest first. */
    since: (at: Date): (typeof outbox.$inferSelect)[] =>
      db.select().from(outbox).where(gte(outbox.createdAt, at)).orderBy(desc(outbox.id)).all(),

    /** Mails that were given up, and about which nobody has done anything yet. */
    givenUp: (): (typeof outbox.$inferSelect)[] =>
      db
        .select()
        .from(outbox)
        .where(and(isNotNull(outbox.failedAt), isUnsettled))
        .orderBy(asc(outbox.id))
        .all(),

    /** What became of the newest mail about an answer; null where there was none. */
    newestOf: (submission: number): typeof outbox.$inferSelect | null =>
      newestOf(db).get({ submission }) ?? null,
  }
}

interface DeliveryFailure {
  at: Date
  /** What the mail server said. */
  error: string
  /** Refused for good: trying again is of no use. */
  permanent: boolean
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Waits between attempts. Together nearly three days: a mail server that fails on Friday evening is back by then. */
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR] as const

/** Longer than the longest attempt: connecting, greeting and sending each end by their own time limit. */
const LEASE = 10 * MINUTE

/** What a mail said is kept no longer than it takes to send it. To whom it went, and of what it was, is. */
const BLANKED = { body: '' }

function due(db: Db | Transaction, now: Date, limit: number): (typeof outbox.$inferSelect)[] {
  return dueRows(db).all({ now: now.getTime(), limit })
}

function claim(tx: Transaction, now: Date): QueuedMail | null {
  for (;;) {
    const [mail] = due(tx, now, 1)
    if (!mail) return null
    const leftOutReason = uselessBecause(tx, mail, now)
    if (leftOutReason)
      tx.update(outbox)
        .set({ leftOutAt: now, leftOutReason, ...BLANKED })
        .where(eq(outbox.id, mail.id))
        .run()
    else if (!letWait(tx, mail.countedAs, now))
      return tx
        .update(outbox)
        .set({ attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: new Date(now.getTime() + LEASE) })
        .where(eq(outbox.id, mail.id))
        .returning()
        .get()
  }
}

function markFailed(tx: Transaction, id: number, { at, error, permanent }: DeliveryFailure) {
  const mail = tx.select().from(outbox).where(eq(outbox.id, id)).get()
  if (!mail) throw new Error(`no mail ${id}`)
  const wait = permanent ? undefined : WAITS[mail.attempts - 1]
  const next =
    wait === undefined ? { failedAt: at, ...BLANKED } : { nextAttemptAt: new Date(at.getTime() + wait) }
  tx.update(outbox)
    .set({ ...next, lastError: error })
    .where(and(eq(outbox.id, id), isOpen))
    .run()
  return wait === undefined ? 'given-up' : 'will-retry'
}
