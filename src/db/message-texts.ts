import { desc, eq } from 'drizzle-orm'
import { DEFAULT_MESSAGES, type MessageKind } from '../domain/survey/message.ts'
import type { Template } from '../domain/text/template.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { invitationHeads, messageTexts } from './schema.ts'

/** The text that counts. */
export interface CurrentMessage extends Template {
  /** 0 as long as the shipped text stands. */
  version: number
}

/** What stands above the text of a letter. */
export interface LetterHead {
  documentNumber: string
  /** YYYY-MM-DD; '' leaves room. */
  datedOn: string
  sender: string
  person: string
}

interface LetterText {
  text: Template
  head: LetterHead
}

interface CurrentHead extends LetterHead {
  version: number
}

const NO_HEAD: CurrentHead = { version: 0, documentNumber: '', datedOn: '', sender: '', person: '院長　様' }

export function messageTextStore(db: Db) {
  return {
    current: (kind: MessageKind): CurrentMessage => current(db, kind),

    /** @param shown the version that the page showed: somebody else's newer one is not written over */
    write: (kind: MessageKind, text: Template, shown: number, by: Act): 'written' | 'changed' =>
      immediately(db, (tx) => write(tx, kind, { ...text, shown }, by)),

    head: (): CurrentHead => head(db),

    /** The text of the letter and what stands above it, both or neither. */
    writeLetter: (next: LetterText, shown: { text: number; head: number }, by: Act): 'written' | 'changed' =>
      immediately(db, (tx) => {
        const isChanged = current(tx, 'letter').version !== shown.text || head(tx).version !== shown.head
        if (isChanged) return 'changed'
        write(tx, 'letter', { ...next.text, shown: shown.text }, by)
        return writeHead(tx, next.head, shown.head, by)
      }),
  }
}

function current(db: Db | Transaction, kind: MessageKind): CurrentMessage {
  const last = db
    .select()
    .from(messageTexts)
    .where(eq(messageTexts.kind, kind))
    .orderBy(desc(messageTexts.id))
    .limit(1)
    .get()
  return last
    ? { version: last.id, subject: last.subject, body: last.body }
    : { version: 0, ...DEFAULT_MESSAGES[kind] }
}

function write(
  tx: Transaction,
  kind: MessageKind,
  { subject, body, shown }: Template & { shown: number },
  { actor, at }: Act,
) {
  const before = current(tx, kind)
  if (before.version !== shown) return 'changed'
  if (before.subject === subject && before.body === body) return 'written'
  tx.insert(messageTexts).values({ kind, subject, body, author: actor, createdAt: at }).run()
  const detail = { before: { subject: before.subject, body: before.body }, after: { subject, body } }
  appendAudit(tx, { at, actor, action: 'message-text.written', subject: kind, detail })
  return 'written'
}

function head(db: Db | Transaction): CurrentHead {
  const last = db.select().from(invitationHeads).orderBy(desc(invitationHeads.id)).limit(1).get()
  if (!last) return NO_HEAD
  const { id: version, documentNumber, datedOn, sender, person } = last
  return { version, documentNumber, datedOn, sender, person }
}

function writeHead(tx: Transaction, next: LetterHead, shown: number, { actor, at }: Act) {
  const { version, ...before } = head(tx)
  if (version !== shown) return 'changed'
  if (JSON.stringify(before) === JSON.stringify(next)) return 'written'
  tx.insert(invitationHeads)
    .values({ ...next, author: actor, createdAt: at })
    .run()
  appendAudit(tx, {
    at,
    actor,
    action: 'invitation-head.written',
    subject: 'invitations',
    detail: { before: { ...before }, after: { ...next } },
  })
  return 'written'
}
