import { asc, desc } from 'drizzle-orm'
import {
  type AuditEntry,
  type AuditEvent,
  type AuditHead,
  auditHash,
  GENESIS_HASH,
} from '../domain/record/audit.ts'
import { checkChain, type StoredEntry } from '../domain/record/audit-chain.ts'
import { searchAudit, toEntry } from './audit-search.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { inserting, prepared } from './prepared.ts'
import { auditLog } from './schema.ts'

export function auditStore(db: Db) {
  const stored = (): StoredEntry[] => db.select().from(auditLog).orderBy(asc(auditLog.seq)).all()
  return {
    append: (event: AuditEvent) => immediately(db, (tx) => appendAudit(tx, event)),
    latest: (limit: number): AuditEntry[] =>
      db.select().from(auditLog).orderBy(desc(auditLog.seq)).limit(limit).all().map(toEntry),
    all: (): AuditEntry[] => db.select().from(auditLog).orderBy(asc(auditLog.seq)).all().map(toEntry),
    /** @returns the number of the first entry that does not hold; null where all do */
    verify: (): number | null => checkChain(stored()).faults[0]?.seq ?? null,

    /** As they lie there, whatever they say. */
    stored,

    head: (): AuditHead => auditHead(db),

    /** What is read in it is all of one moment. */
    atOnce: <T>(read: () => T): T => db.transaction(read),
    search: searchAudit(db),

    /** That somebody had taken guards off, and that they are on again: a step like any other. */
    guardsRestored(names: readonly string[], at: Date): void {
      if (names.length > 0)
        this.append({
          at,
          actor: 'system',
          action: 'guard.restored',
          subject: 'guard',
          detail: { names: [...names] },
        })
    },
  }
}

/** One is asked for, with no limit to be bound. */
const lastEntry = prepared((db) =>
  db.select({ seq: auditLog.seq, hash: auditLog.hash }).from(auditLog).orderBy(desc(auditLog.seq)).prepare(),
)

const addEntry = inserting(auditLog)

export function auditHead(db: Db | Transaction): AuditHead {
  const last = lastEntry(db).get()
  return { count: last?.seq ?? 0, head: last?.hash ?? GENESIS_HASH }
}

/** Writes one entry in the caller's transaction, so that no step is stored without its record. */
export function appendAudit(tx: Transaction, event: AuditEvent): void {
  const { count, head: previousHash } = auditHead(tx)
  const seq = count + 1
  const hash = auditHash(seq, event, previousHash)
  addEntry(tx, { ...event, seq, detail: JSON.stringify(event.detail), previousHash, hash })
}
