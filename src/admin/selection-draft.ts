import { factsSha256, snapshotOf } from '../domain/facts.ts'
import type { Hospital } from '../domain/hospital.ts'
import { canonicalJson } from '../domain/selection/canonical.ts'
import type { SelectionResult } from '../domain/selection/result.ts'
import { select } from '../domain/selection/select.ts'
import type { Snapshot } from '../domain/selection/snapshot.ts'
import type { Submission } from '../domain/submission.ts'
import type { AdminOptions } from './plugin.ts'

/** The selection as it would be on today's facts. */
export interface Draft {
  snapshot: Snapshot
  result: SelectionResult
  factsSha256: string
  policyVersion: number
  hospitals: readonly Hospital[]
  submissions: readonly Submission[]
}

/** The round that is being prepared. */
const ROUND = 1

/**
 * Reads the facts and computes the draft. As long as no fact changes it is the same draft, taken when the facts
 * were first seen as they are: the page, its two files and the confirmed round then agree to the byte.
 */
export function draftReader({ stores, now }: AdminOptions): () => Draft {
  let last: Pick<Draft, 'snapshot' | 'result' | 'factsSha256'> | null = null
  return () => {
    const { version: policyVersion, policy } = stores.policies.current()
    const hospitals = stores.hospitals.all()
    const submissions = stores.submissions.all()
    const snapshot = snapshotOf({
      hospitals,
      submissions,
      gmis: stores.gmis.all(),
      overrides: stores.overrides.active(),
      moves: stores.rankMoves.active(ROUND),
      policy,
      round: ROUND,
      takenAt: now(),
      selectedBefore: new Map(),
    })
    const sha256 = factsSha256(snapshot)
    if (last?.factsSha256 !== sha256) last = { snapshot, result: select(snapshot), factsSha256: sha256 }
    return { ...last, policyVersion, hospitals, submissions }
  }
}

/** The snapshot's file is its canonical form: its own SHA-256 is the one that the result names. */
export function snapshotBytes(snapshot: Snapshot): Buffer {
  return Buffer.from(canonicalJson(snapshot), 'utf8')
}

/** As the command `select` prints it. */
export function resultBytes(result: SelectionResult): Buffer {
  return Buffer.from(`${JSON.stringify(result, null, 2)}\n`, 'utf8')
}
