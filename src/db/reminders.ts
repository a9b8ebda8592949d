import { and, desc, eq, max } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { enqueue, type OutgoingMail } from './outbox.ts'
import { outbox, reminders } from './schema.ts'
import { hasAnswered } from './useless-mail.ts'

/** 督促 by mail, with what became of it. */
export interface Reminder {
  id: number
  hospitalCode: string
  occasion: string
  repeat: number
  recipient: string
  subject: string
  hasOwnLink: boolean
  author: string
  createdAt: Date
  mail: Pick<typeof outbox.$inferSelect, 'sentAt' | 'failedAt' | 'leftOutAt' | 'leftOutReason' | 'attempts'>
}

/** One mail that is to go to a hospital. */
interface NewReminder {
  hospitalCode: string
  /** Whose link is put into the text when it leaves; null where the open form's address stands in it. */
  invitation: number | null
  mail: OutgoingMail
}

interface Batch {
  /** Of the page that is sent: the same again sends nothing. */
  id: string
  occasion: string
  /** First instant at which a reminder is of no use any more. */
  notAfter: Date
  /** An officer has said that those who had one on this occasion get another. */
  again: boolean
}

/** Which of the hospitals get a mail, and why the others do not. */
interface BatchOutcome {
  sent: string[]
  /** They had one on this occasion. */
  already: string[]
  /** They had this very one: the page was sent twice. */
  same: string[]
  /** An answer has come in since. */
  answered: string[]
}

export function reminderStore(db: Db) {
  return {
    /** The newest first. */
    all: (): Reminder[] =>
      db
        .select({ reminder: reminders, mail: outbox })
        .from(reminders)
        .innerJoin(outbox, eq(outbox.id, reminders.mail))
        .orderBy(desc(reminders.id))
        .all()
        .map(({ reminder: { invitation, ...reminder }, mail }) => ({
          ...reminder,
          hasOwnLink: invitation !== null,
          mail,
        })),

    /** Puts the mails on their way, each with its line in the log: all of it in one transaction. */
    send: (batch: Batch, mails: readonly NewReminder[], by: Act): BatchOutcome =>
      immediately(db, (tx) => send(tx, batch, mails, by)),

    /** The invitation whose link a mail of the outbox lacks; null where it is whole as it stands. */
    invitationOf(mail: number): number | null {
      const found = db.select().from(reminders).where(eq(reminders.mail, mail)).get()
      return found?.invitation ?? null
    },
  }
}

function send(
  tx: Transaction,
  batch: Batch,
  mails: readonly NewReminder[],
  { actor, at }: Act,
): BatchOutcome {
  const outcome: BatchOutcome = { sent: [], already: [], same: [], answered: [] }
  for (const next of mails) {
    const place = placeOf(tx, batch, next.hospitalCode)
    outcome[place.kind].push(next.hospitalCode)
    if (place.kind === 'sent') put(tx, { ...next, ...batch, repeat: place.repeat }, { actor, at })
  }
  if (outcome.sent.length > 0)
    appendAudit(tx, {
      at,
      actor,
      action: 'reminders.sent',
      subject: `reminder ${batch.occasion}`,
      detail: { hospitals: outcome.sent, again: batch.again, left: outcome.answered },
    })
  return outcome
}

type Place = { kind: 'sent'; repeat: number } | { kind: 'already' | 'same' | 'answered' }

/** Where a mail stands among those of its hospital and occasion, if it may go. */
function placeOf(tx: Transaction, { id, occasion, again }: Batch, hospitalCode: string): Place {
  const ofBatch = and(eq(reminders.hospitalCode, hospitalCode), eq(reminders.batch, id))
  if (tx.select().from(reminders).where(ofBatch).get()) return { kind: 'same' }
  if (hasAnswered(tx, hospitalCode)) return { kind: 'answered' }
  const ofOccasion = and(eq(reminders.hospitalCode, hospitalCode), eq(reminders.occasion, occasion))
  const last =
    tx
      .select({ repeat: max(reminders.repeat) })
      .from(reminders)
      .where(ofOccasion)
      .get()?.repeat ?? null
  if (last === null) return { kind: 'sent', repeat: 0 }
  return again ? { kind: 'sent', repeat: last + 1 } : { kind: 'already' }
}

function put(
  tx: Transaction,
  {
    hospitalCode,
    invitation,
    mail,
    id,
    occasion,
    notAfter,
    repeat,
  }: NewReminder & Batch & { repeat: number },
  { actor, at }: Act,
): void {
  const { recipient, subject } = mail
  const queued = enqueue(tx, mail, at)
  tx.insert(reminders)
    .values({
      hospitalCode,
      occasion,
      repeat,
      batch: id,
      recipient,
      subject,
      invitation,
      notAfter,
      mail: queued,
      author: actor,
      createdAt: at,
    })
    .run()
}
