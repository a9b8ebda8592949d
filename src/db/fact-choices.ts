import type { CountingFact, Source } from '../domain/master/source.ts'
import type { ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { storeHospital } from './hospital-changes.ts'
import { knownFactsOf, recordChoice } from './hospital-facts.ts'
import { allHospitals } from './hospital-rows.ts'
import type { Transaction } from './open.ts'

export type FactSettling = 'done' | 'unknown'

/**
 * Makes what one source says of a hospital count, in the caller's transaction. Without a source it is what was said as
 * of the latest day, and later files may say something else again.
 */
export function settleFact(
  tx: Transaction,
  { key, fact, source }: { key: string; fact: CountingFact; source: Source | null },
  act: ReasonedAct,
): FactSettling {
  const before = allHospitals(tx).find((hospital) => hospital.key === key)
  const stated = knownFactsOf(tx, key)
    .statements.filter((each) => each.fact === fact && (source === null || each.source === source))
    .toSorted((a, b) => (a.day < b.day ? 1 : -1))
  const [counts] = stated
  if (!before || !counts) return 'unknown'
  storeHospital(tx, before, { ...before, ...counts.value }, { kind: 'chosen', ...act })
  recordChoice(tx, key, { fact, source }, act)
  const detail = { fact, source: source ?? 'newest', reason: act.reason }
  const { actor, at, reason: _ } = act
  appendAudit(tx, { actor, at, action: 'hospital.source-chosen', subject: key, detail })
  return 'done'
}
