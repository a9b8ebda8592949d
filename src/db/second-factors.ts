import { and, count, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { recoveryCodes, secondFactors, staff } from './schema.ts'

export type SecondFactorStore = ReturnType<typeof secondFactorStore>

/** 二段階認証 of a login, as it is stored. */
interface SecondFactor {
  /** Sealed. */
  secret: string
  since: Date
  lastStep: number
  /** 予備のコード that are not used yet. */
  codesLeft: number
}

/** The second factor of each login, and the codes for whoever has lost it. Other sessions end with every change of it. */
export function secondFactorStore(db: Db) {
  return {
    of(login: string): SecondFactor | null {
      const row = db.select().from(secondFactors).where(eq(secondFactors.login, login)).get()
      return row
        ? { secret: row.secret, since: row.since, lastStep: row.lastStep, codesLeft: left(db, login) }
        : null
    },

    logins: (): ReadonlySet<string> =>
      new Set(
        db
          .select({ login: secondFactors.login })
          .from(secondFactors)
          .all()
          .map(({ login }) => login),
      ),

    /** @param codes the hashes of new recovery codes, in the place of those before */
    set: (
      login: string,
      factor: { secret: string; lastStep: number; codes: readonly string[] },
      by: Act,
    ): void =>
      immediately(db, (tx) => {
        const { secret, lastStep, codes } = factor
        const set = { secret, lastStep, since: by.at }
        tx.insert(secondFactors)
          .values({ login, ...set })
          .onConflictDoUpdate({ target: secondFactors.login, set })
          .run()
        storeCodes(tx, login, codes)
        endSessions(tx, login)
        record(tx, 'second-factor.set', login, by)
      }),

    /** A code is good for one time: false where this step's, or a later one's, has been taken. */
    takeStep: (login: string, step: number): boolean =>
      db
        .update(secondFactors)
        .set({ lastStep: step })
        .where(and(eq(secondFactors.login, login), lt(secondFactors.lastStep, step)))
        .run().changes === 1,

    /** @returns how many are left; null where it is none, or was used */
    takeRecoveryCode: (login: string, hash: string, by: Act): number | null =>
      immediately(db, (tx) => {
        const one = and(
          eq(recoveryCodes.login, login),
          eq(recoveryCodes.hash, hash),
          isNull(recoveryCodes.usedAt),
        )
        if (tx.update(recoveryCodes).set({ usedAt: by.at }).where(one).run().changes === 0) return null
        const codesLeft = left(tx, login)
        record(tx, 'second-factor.recovered', login, by, { codesLeft })
        return codesLeft
      }),

    /** Others in the place of those before. */
    renewCodes: (login: string, codes: readonly string[], by: Act): void =>
      immediately(db, (tx) => {
        storeCodes(tx, login, codes)
        record(tx, 'second-factor.codes-made', login, by)
      }),

    /** @returns whether there was one */
    remove: (login: string, by: Act): boolean => immediately(db, (tx) => removeSecondFactor(tx, login, by)),
  }
}

/** In the transaction of what else happens to the login. */
export function removeSecondFactor(tx: Transaction, login: string, by: Act): boolean {
  const { changes } = tx.delete(secondFactors).where(eq(secondFactors.login, login)).run()
  if (changes === 0) return false
  tx.delete(recoveryCodes).where(eq(recoveryCodes.login, login)).run()
  endSessions(tx, login)
  record(tx, 'second-factor.removed', login, by)
  return true
}

function storeCodes(tx: Transaction, login: string, codes: readonly string[]): void {
  tx.delete(recoveryCodes).where(eq(recoveryCodes.login, login)).run()
  for (const hash of codes) tx.insert(recoveryCodes).values({ login, hash }).run()
}

function endSessions(tx: Transaction, login: string): void {
  tx.update(staff)
    .set({ epoch: sql`${staff.epoch} + 1` })
    .where(eq(staff.login, login))
    .run()
}

function left(db: Db | Transaction, login: string): number {
  const unused = and(eq(recoveryCodes.login, login), isNull(recoveryCodes.usedAt))
  return db.select({ n: count() }).from(recoveryCodes).where(unused).get()!.n
}

function record(
  tx: Transaction,
  action: string,
  subject: string,
  { actor, at }: Act,
  detail: Record<string, number> = {},
): void {
  appendAudit(tx, { at, actor, action, subject, detail })
}
