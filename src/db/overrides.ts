import { isNull } from 'drizzle-orm'
import type { Db } from './open.ts'
import { overrides } from './schema.ts'

export type OverrideStore = ReturnType<typeof overrideStore>

export interface Override {
  hospitalCode: string
  kind: 'designate' | 'exclude'
  reason: string
}

export function overrideStore(db: Db) {
  return {
    active: (): Override[] =>
      db
        .select({ hospitalCode: overrides.hospitalCode, kind: overrides.kind, reason: overrides.reason })
        .from(overrides)
        .where(isNull(overrides.undoneAt))
        .all(),
  }
}
