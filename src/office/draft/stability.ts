import type { SelectionResult } from '../../domain/selection/result.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { type Stability, stabilityOf } from '../../domain/selection/stability.ts'

/** Up to so many eligible hospitals the runs take no longer than a page may; beyond, an officer asks for them. */
const AT_ONCE = 400

const known = new WeakMap<Snapshot, Stability>()

/**
 * The stability of a draft: computed once for each snapshot, that is until a fact changes.
 * @param asked whatever it costs
 * @returns null where it is not at hand and would take too long to work out unasked
 */
export function draftStability(
  { snapshot, result }: { snapshot: Snapshot; result: SelectionResult },
  asked = false,
): Stability | null {
  const found = known.get(snapshot)
  if (found) return found
  if (!asked && result.results.filter(({ eligible }) => eligible).length > AT_ONCE) return null
  const stability = stabilityOf(snapshot, result)
  known.set(snapshot, stability)
  return stability
}
