import { count, eq, inArray, lte, sql } from 'drizzle-orm'
import { DELAY_RULES, type DelayKind, delayAfter } from '../domain/record/login-delay.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { loginTries } from './schema.ts'

/** What a try is counted by. */
export interface TryKey {
  kind: DelayKind
  /** A keyed hash of whom or what it is about. */
  key: string
}

const MOST_ROWS = 20_000

/**
 * Failed tries, kept over restarts. A try is counted before its outcome is known, so that a burst at once is limited as
 * well; one that succeeds takes its count back.
 */
export function loginTryStore(db: Db, mostRows = MOST_ROWS) {
  return {
    /** @returns milliseconds to wait, where this try is not taken; 0 where it is, and is counted */
    take(keys: readonly TryKey[], at: Date): number {
      // Whoever hammers on while having to wait costs no write.
      const wait = waitOf(db, keys, at)
      return wait > 0 ? wait : immediately(db, (tx) => waitOf(tx, keys, at) || counted(tx, keys, at))
    },

    /** One who was right: nothing is left of the own failures, and one less of those that are shared with others. */
    succeeded: (keys: readonly TryKey[]): void =>
      immediately(db, (tx) => {
        for (const { kind, key } of keys)
          if (SHARED.has(kind))
            tx.update(loginTries)
              .set({ failures: sql`max(0, ${loginTries.failures} - 1)`, waitUntil: null })
              .where(eq(loginTries.key, key))
              .run()
          else tx.delete(loginTries).where(eq(loginTries.key, key)).run()
      }),

    prune: (at: Date): number => prune(db, at, mostRows),
  }

  function counted(tx: Transaction, keys: readonly TryKey[], at: Date): 0 {
    const known = rowsOf(tx, keys)
    for (const { kind, key } of keys) {
      const rule = DELAY_RULES[kind]
      const row = known.find((each) => each.key === key)
      const failures = (row && row.forgottenAt > at ? row.failures : 0) + 1
      const delay = delayAfter(failures, rule)
      const set = {
        failures,
        waitUntil: delay > 0 ? new Date(at.getTime() + delay) : null,
        forgottenAt: new Date(at.getTime() + rule.forgottenAfter * 1000),
      }
      tx.insert(loginTries)
        .values({ key, ...set })
        .onConflictDoUpdate({ target: loginTries.key, set })
        .run()
    }
    if (tx.select({ n: count() }).from(loginTries).get()!.n > mostRows) prune(tx, at, mostRows)
    return 0
  }
}

const SHARED: ReadonlySet<DelayKind> = new Set(['network', 'account'])

function waitOf(db: Db | Transaction, keys: readonly TryKey[], at: Date): number {
  const waits = rowsOf(db, keys).map(({ waitUntil }) => (waitUntil?.getTime() ?? 0) - at.getTime())
  return waits.reduce((longest, wait) => Math.max(longest, wait), 0)
}

function rowsOf(db: Db | Transaction, keys: readonly TryKey[]) {
  const wanted = keys.map(({ key }) => key)
  return db.select().from(loginTries).where(inArray(loginTries.key, wanted)).all()
}

/** What is forgotten goes first, then what failed least: a flood of made-up logins hides no login that is under attack. */
function prune(db: Db | Transaction, at: Date, mostRows: number): number {
  const { changes } = db.delete(loginTries).where(lte(loginTries.forgottenAt, at)).run()
  const tooMany = db.select({ n: count() }).from(loginTries).get()!.n - mostRows
  if (tooMany <= 0) return changes
  const least = sql`${loginTries.key} IN (SELECT key FROM ${loginTries}
    ORDER BY failures, forgotten_at LIMIT ${tooMany + Math.floor(mostRows / 10)})`
  return changes + db.delete(loginTries).where(least).run().changes
}
