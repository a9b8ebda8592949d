import type { Db } from './open.ts'
import { gmisAnswers } from './schema.ts'

export type GmisStore = ReturnType<typeof gmisStore>

/** The three facts the selection knows from the GMIS survey; null where the answer said neither yes nor no. */
export interface GmisFacts {
  offlineBackup: boolean | null
  bcp: boolean | null
  networkControl: boolean | null
}

export function gmisStore(db: Db) {
  return {
    all: (): Map<string, GmisFacts> => {
      const rows = db.select().from(gmisAnswers).all()
      return new Map(
        rows.map(({ hospitalCode, offlineBackup, bcp, networkControl }) => [
          hospitalCode,
          { offlineBackup, bcp, networkControl },
        ]),
      )
    },
  }
}
