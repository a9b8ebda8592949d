import { createHash } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { attachments } from './schema.ts'

/** A PDF beside the notice, without its bytes. */
type Attachment = Omit<typeof attachments.$inferSelect, 'bytes'>

interface NewAttachment {
  title: string
  bytes: Buffer
}

/** 別添 and the like: a withdrawn one stays, and no page has it. */
export function attachmentStore(db: Db) {
  return {
    /** What the pages name, in the order in which it came. */
    current: (): Attachment[] =>
      db.select(SHOWN).from(attachments).where(isNull(attachments.withdrawnAt)).orderBy(attachments.id).all(),

    /** Every one there was, newest first. */
    all: (): Attachment[] => db.select(SHOWN).from(attachments).orderBy(desc(attachments.id)).all(),

    /** The file of a name, as long as the pages have it. */
    file(name: string): { title: string; bytes: Buffer } | null {
      const named = and(eq(attachments.name, name), isNull(attachments.withdrawnAt))
      return db.select({ title, bytes: attachments.bytes }).from(attachments).where(named).get() ?? null
    },

    /** @returns `taken` where the pages have one under this title */
    add: (file: NewAttachment, by: Act): 'added' | 'taken' => immediately(db, (tx) => add(tx, file, by)),

    withdraw: (id: number, by: Act): 'withdrawn' | 'not-there' =>
      immediately(db, (tx) => withdraw(tx, id, by)),
  }
}

const { id, name, title, size, sha256, author, createdAt, withdrawnAt } = attachments
/** All but the bytes. */
const SHOWN = { id, name, title, size, sha256, author, createdAt, withdrawnAt }

function add(tx: Transaction, { title, bytes }: NewAttachment, { actor, at }: Act) {
  const titled = and(eq(attachments.title, title), isNull(attachments.withdrawnAt))
  if (tx.select(SHOWN).from(attachments).where(titled).get()) return 'taken'
  // Addresses get into mails and letters: no more than a number in them, and never another file under an old one.
  const name = `shiryo-${tx.select(SHOWN).from(attachments).all().length + 1}.pdf`
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const row = { name, title, bytes, sha256, size: bytes.length, author: actor, createdAt: at }
  tx.insert(attachments).values(row).run()
  appendAudit(tx, { at, actor, action: 'attachment.added', subject: name, detail: { title, sha256 } })
  return 'added'
}

function withdraw(tx: Transaction, id: number, { actor, at }: Act) {
  const wanted = and(eq(attachments.id, id), isNull(attachments.withdrawnAt))
  const found = tx.select(SHOWN).from(attachments).where(wanted).get()
  if (!found) return 'not-there'
  tx.update(attachments).set({ withdrawnAt: at }).where(eq(attachments.id, id)).run()
  const { name, title, sha256 } = found
  appendAudit(tx, { at, actor, action: 'attachment.withdrawn', subject: name, detail: { title, sha256 } })
  return 'withdrawn'
}
