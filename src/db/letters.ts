import { and, asc, desc, eq, max } from 'drizzle-orm'
import type { LetterKind } from '../domain/record/letter.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { enqueue, type OutgoingMail } from './outbox.ts'
import { letterHeads, letterSendings, letters, letterTexts, outbox } from './schema.ts'

type LetterText = typeof letterTexts.$inferSelect
type LetterHead = typeof letterHeads.$inferSelect
export type LetterSending = typeof letterSendings.$inferSelect
type StoredLetter = typeof letters.$inferSelect

/** A letter that went out, with what became of its mail. */
export interface SentLetter extends StoredLetter {
  /** Null for paper, and while it is on its way. */
  deliveredAt: Date | null
  /** When it was given up. */
  failedAt: Date | null
}

/** A letter as it goes out; with a mail where it goes by mail. */
export interface NewLetter extends Omit<StoredLetter, 'sending' | 'mail'> {
  mail: OutgoingMail | null
}

interface NewSending extends Omit<LetterSending, 'id' | 'sentBy' | 'recordedAt'> {
  letters: readonly NewLetter[]
  /** The last sending of the round that was seen, 0 where none was: another one since overtakes it. */
  follows: number
}

interface NewText {
  kind: LetterKind
  /** Null goes back to the shipped text. */
  text: { subject: string; body: string } | null
  follows: number
}

interface NewHead extends Omit<LetterHead, 'id' | 'setBy' | 'setAt'> {
  follows: number
}

export function letterStore(db: Db) {
  return {
    /** What was written last for a kind; null where nobody wrote anything. */
    textOf: (kind: LetterKind): LetterText | null => textOf(db, kind),

    writeText: (text: NewText, by: Act): 'written' | 'overtaken' =>
      immediately(db, (tx) => writeText(tx, text, by)),

    headOf: (round: number): LetterHead | null => headOf(db, round),

    setHead: (head: NewHead, by: Act): 'set' | 'overtaken' => immediately(db, (tx) => setHead(tx, head, by)),

    /** Of a round, the first one first. */
    sendings: (round: number): LetterSending[] =>
      db
        .select()
        .from(letterSendings)
        .where(eq(letterSendings.round, round))
        .orderBy(asc(letterSendings.id))
        .all(),

    sendingById: (id: number): LetterSending | null =>
      db.select().from(letterSendings).where(eq(letterSendings.id, id)).get() ?? null,

    /** What went out with a sending. */
    sent: (sending: number): SentLetter[] =>
      db
        .select({ letter: letters, deliveredAt: outbox.sentAt, failedAt: outbox.failedAt })
        .from(letters)
        .leftJoin(outbox, eq(outbox.id, letters.mail))
        .where(eq(letters.sending, sending))
        .orderBy(letters.hospitalCode)
        .all()
        .map(({ letter, ...became }) => ({ ...letter, ...became })),

    /** Puts what went out on record; mails are on their way with it, or nothing is. @returns its number */
    send: (sending: NewSending, by: Act): { kind: 'sent'; id: number } | { kind: 'overtaken' } =>
      immediately(db, (tx) => send(tx, sending, by)),
  }
}

function textOf(db: Db | Transaction, kind: LetterKind): LetterText | null {
  const last = db
    .select()
    .from(letterTexts)
    .where(eq(letterTexts.kind, kind))
    .orderBy(desc(letterTexts.id))
    .limit(1)
    .get()
  return last ?? null
}

function writeText(tx: Transaction, { kind, text, follows }: NewText, by: Act): 'written' | 'overtaken' {
  const before = textOf(tx, kind)
  if ((before?.id ?? 0) !== follows) return 'overtaken'
  const written = { subject: text?.subject ?? null, body: text?.body ?? null }
  tx.insert(letterTexts)
    .values({ kind, ...written, writtenBy: by.actor, writtenAt: by.at })
    .run()
  appendAudit(tx, {
    ...by,
    action: text ? 'letter-text.written' : 'letter-text.reset',
    subject: `letter ${kind}`,
    detail: { before: before && { subject: before.subject, body: before.body }, after: written },
  })
  return 'written'
}

function headOf(db: Db | Transaction, round: number): LetterHead | null {
  const last = db
    .select()
    .from(letterHeads)
    .where(eq(letterHeads.round, round))
    .orderBy(desc(letterHeads.id))
    .limit(1)
    .get()
  return last ?? null
}

function setHead(tx: Transaction, { follows, ...head }: NewHead, by: Act): 'set' | 'overtaken' {
  const before = headOf(tx, head.round)
  if ((before?.id ?? 0) !== follows) return 'overtaken'
  tx.insert(letterHeads)
    .values({ ...head, setBy: by.actor, setAt: by.at })
    .run()
  const { round, documentNumber, datedOn } = head
  appendAudit(tx, {
    ...by,
    action: 'letter-head.set',
    subject: `round ${round}`,
    detail: {
      before: before && { documentNumber: before.documentNumber, datedOn: before.datedOn },
      after: { documentNumber, datedOn },
    },
  })
  return 'set'
}

function send(
  tx: Transaction,
  { follows, letters: outgoing, ...sending }: NewSending,
  by: Act,
): { kind: 'sent'; id: number } | { kind: 'overtaken' } {
  const last = tx
    .select({ id: max(letterSendings.id) })
    .from(letterSendings)
    .where(and(eq(letterSendings.round, sending.round)))
    .get()
  if ((last?.id ?? 0) !== follows) return { kind: 'overtaken' }
  const { id } = tx
    .insert(letterSendings)
    .values({ ...sending, sentBy: by.actor, recordedAt: by.at })
    .returning({ id: letterSendings.id })
    .get()
  for (const { mail, ...letter } of outgoing) {
    const queued = mail && enqueue(tx, mail, by.at)
    tx.insert(letters)
      .values({ ...letter, sending: id, mail: queued })
      .run()
  }
  const { round, ...facts } = sending
  appendAudit(tx, {
    ...by,
    action: sending.way === 'mail' ? 'letters.mailed' : 'letters.posted',
    subject: `round ${round}`,
    detail: {
      sending: id,
      ...facts,
      hospitals: outgoing.map(({ hospitalCode, kind }) => ({ code: hospitalCode, kind })),
    },
  })
  return { kind: 'sent', id }
}
