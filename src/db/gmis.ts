import type { ImportAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { gmisAnswers } from './schema.ts'
import { currentSubmission } from './submission-versions.ts'

/** The three facts the selection knows from the GMIS survey; null where the answer said neither yes nor no. */
interface GmisFacts {
  offlineBackup: boolean | null
  bcp: boolean | null
  networkControl: boolean | null
}

interface GmisCounts {
  stored: number
  /** Rows of hospitals whose current answer does not consent: counted, never kept. */
  withoutConsent: number
}

export function gmisStore(db: Db) {
  return {
    all: (): Map<string, GmisFacts> =>
      new Map(
        db
          .select()
          .from(gmisAnswers)
          .all()
          .map(({ hospitalCode, ...row }) => [hospitalCode, toFacts(row)]),
      ),

    /** What `import` would keep; nothing is stored. */
    count: (rows: ReadonlyMap<string, GmisFacts>): GmisCounts => {
      const stored = consenting(db, rows).length
      return { stored, withoutConsent: rows.size - stored }
    },

    /** Keeps what recorded consent allows, by hospital code; the rest is only counted. */
    import: (rows: ReadonlyMap<string, GmisFacts>, by: ImportAct): GmisCounts =>
      immediately(db, (tx) => importAll(tx, rows, by)),
  }
}

function importAll(
  tx: Transaction,
  rows: ReadonlyMap<string, GmisFacts>,
  { actor, at, source }: ImportAct,
): GmisCounts {
  const kept = consenting(tx, rows)
  for (const [hospitalCode, facts] of kept) {
    const row = { hospitalCode, ...facts, importedAt: at }
    tx.insert(gmisAnswers)
      .values(row)
      .onConflictDoUpdate({ target: gmisAnswers.hospitalCode, set: row })
      .run()
  }
  const counts = { stored: kept.length, withoutConsent: rows.size - kept.length }
  appendAudit(tx, { at, actor, action: 'gmis.imported', subject: source, detail: { ...counts } })
  return counts
}

/** Of the hospitals whose answer that counts consents to it. */
function consenting(db: Db | Transaction, rows: ReadonlyMap<string, GmisFacts>): [string, GmisFacts][] {
  return [...rows].filter(([code]) => currentSubmission(db, code)?.answers.gmisConsent)
}

function toFacts({ offlineBackup, bcp, networkControl }: GmisFacts): GmisFacts {
  return { offlineBackup, bcp, networkControl }
}
