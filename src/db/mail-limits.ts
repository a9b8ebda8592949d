import { and, asc, count, desc, eq, gt, lt, sql } from 'drizzle-orm'
import { againFrom, HOUR } from './limit.ts'
import { isOpen } from './mail-ends.ts'
import type { Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { outbox } from './schema.ts'

/**
 * Anybody may type anybody's address into the form: to one address go so many mails that this causes, and no more. A
 * clerk who answers for a group of hospitals gets each of its receipts within the day.
 */
export const MOST_SENT = [
  { within: HOUR, most: 5 },
  { within: 24 * HOUR, most: 20 },
] as const
/** What comes while as many wait for the same address is not mailed at all; officers see it. */
const MOST_WAITING = 20

/** Mails to one mailbox, under whatever form of its address. */
export function countedAs(recipient: string): string {
  const at = recipient.lastIndexOf('@')
  const mailbox = recipient.slice(0, at).replace(/\+.*$/u, '')
  return `${mailbox}${recipient.slice(at)}`.toLowerCase()
}

/** Whether as many wait for this address as may. */
export function isCrowded(tx: Transaction, address: string): boolean {
  return waitingAt(tx).get({ address })!.number >= MOST_WAITING
}

const waitingAt = prepared((db) =>
  db
    .select({ number: count() })
    .from(outbox)
    .where(and(eq(outbox.countedAs, value('address')), isOpen))
    .prepare(),
)

const sentTo = prepared((db) =>
  db
    .select({ sentAt: outbox.sentAt })
    .from(outbox)
    .where(and(eq(outbox.countedAs, value('address')), gt(outbox.sentAt, value('since'))))
    .orderBy(desc(outbox.sentAt))
    .limit(1)
    .offset(sql.placeholder('before'))
    .prepare(),
)

/** Lets every mail to this address wait where it has had as many as may go. @returns whether it has */
export function letWait(tx: Transaction, address: string | null, now: Date): boolean {
  if (address === null) return false
  const until = againFrom(MOST_SENT, now, (range) => sentTo(tx).get({ address, ...range })?.sentAt)
  if (until === null) return false
  const early = and(eq(outbox.countedAs, address), isOpen, lt(outbox.nextAttemptAt, until))
  tx.update(outbox).set({ nextAttemptAt: until }).where(early).run()
  return true
}

/** The mail of an answer that waits untouched for the same address: it will say what is so when it leaves. */
export function waitingFor(
  tx: Transaction,
  { submission, recipient }: { submission: number; recipient: string },
): typeof outbox.$inferSelect | undefined {
  return waitingOf(tx).get({ submission, recipient })
}

const waitingOf = prepared((db) => {
  const same = and(
    ...[eq(outbox.submission, value('submission')), eq(outbox.recipient, value('recipient'))],
    ...[outbox.isReceipt, eq(outbox.attempts, 0), isOpen],
  )
  return db.select().from(outbox).where(same).orderBy(asc(outbox.id)).prepare()
})
