import { asc, eq } from 'drizzle-orm'
import type { NewContact } from '../domain/survey/contact.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { contacts } from './schema.ts'

/** 連絡の記録: one call, fax, mail or visit, as it was written down. */
export type Contact = Omit<typeof contacts.$inferSelect, 'entry'>

export function contactStore(db: Db) {
  return {
    /** In the order in which the contacts took place. */
    all: (): Contact[] =>
      db.select().from(contacts).orderBy(asc(contacts.contactedAt), asc(contacts.id)).all().map(withoutEntry),

    ofHospital: (hospitalCode: string): Contact[] =>
      db
        .select()
        .from(contacts)
        .where(eq(contacts.hospitalCode, hospitalCode))
        .orderBy(asc(contacts.contactedAt), asc(contacts.id))
        .all()
        .map(withoutEntry),

    /** @param entry of the form that it was typed into: sent twice it is kept once */
    add: (hospitalCode: string, entry: string, contact: NewContact, by: Act): 'added' | 'already-added' =>
      immediately(db, (tx) => add(tx, { hospitalCode, entry, ...contact }, by)),
  }
}

function add(
  tx: Transaction,
  contact: NewContact & { hospitalCode: string; entry: string },
  { actor, at }: Act,
) {
  const row = { ...contact, author: actor, createdAt: at }
  if (tx.select().from(contacts).where(eq(contacts.entry, contact.entry)).get()) return 'already-added'
  tx.insert(contacts).values(row).run()
  const { hospitalCode, way, contactedAt, caller, reached, result } = contact
  appendAudit(tx, {
    at,
    actor,
    action: 'contact.added',
    subject: hospitalCode,
    detail: { way, contactedAt: contactedAt.toISOString(), caller, reached, result },
  })
  return 'added'
}

function withoutEntry({ entry: _, ...contact }: typeof contacts.$inferSelect): Contact {
  return contact
}
