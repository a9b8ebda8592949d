import { asc } from 'drizzle-orm'
import { signingFingerprint } from '../domain/text/ed25519.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately } from './open.ts'
import { signingKeys } from './schema.ts'

/** A key that was in use from then on. */
export type SigningKey = Pick<
  typeof signingKeys.$inferSelect,
  'publicKey' | 'reason' | 'author' | 'createdAt'
>

/** Whose signatures are the installation's: every public key that it has had. */
export function signingKeyStore(db: Db) {
  const all = (): SigningKey[] => db.select().from(signingKeys).orderBy(asc(signingKeys.id)).all()
  return {
    /** The oldest first. */
    all,

    current: (): SigningKey | null => all().at(-1) ?? null,

    /** Takes the place of the one before, with a reason; the first needs none. */
    record: (publicKey: string, { actor, at, reason }: Act & { reason: string | null }): void =>
      immediately(db, (tx) => {
        const before = tx.select().from(signingKeys).orderBy(asc(signingKeys.id)).all().at(-1)
        tx.insert(signingKeys).values({ publicKey, reason, author: actor, createdAt: at }).run()
        const fingerprint = signingFingerprint(publicKey)
        appendAudit(tx, {
          ...{ actor, at, subject: 'signing-key' },
          action: before ? 'signing-key.changed' : 'signing-key.made',
          detail: {
            fingerprint,
            ...(before && { before: signingFingerprint(before.publicKey), reason }),
          },
        })
      }),
  }
}

export type SigningKeyStore = ReturnType<typeof signingKeyStore>
