import type { Override } from '../../db/overrides.ts'
import type { RankMove } from '../../db/rank-moves.ts'
import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { withFloorsLeft, withSeatsLeft } from '../../domain/selection/additional-round.ts'
import type { Policy } from '../../domain/selection/policy.ts'
import type { SelectionResult } from '../../domain/selection/result.ts'
import { select } from '../../domain/selection/select.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { factsSha256, snapshotOf } from '../../domain/selection/snapshot-of.ts'
import type { Office } from '../office.ts'
import { type FrozenReader, frozenRoundReader } from '../rounds/frozen.ts'
import { type HeldSeats, heldSeats } from '../rounds/held-seats.ts'

/** The selection as it would be on today's facts. */
export interface Draft {
  snapshot: Snapshot
  result: SelectionResult
  factsSha256: string
  policyVersion: number
  /** As it is set. The snapshot's has the seats only that other rounds have left. */
  policy: Policy
  held: HeldSeats
  hospitals: readonly Hospital[]
  submissions: readonly Submission[]
  overrides: readonly Override[]
  moves: readonly RankMove[]
  /** The snapshot as it would be with another policy: also of that the seats only that are left. */
  withPolicy: (policy: Policy) => Snapshot
  /** The snapshot as it would be with other decisions of officers. */
  tried: (trial: Trial) => Snapshot
}

/** Decisions of officers that are not taken yet, in the place of all those that are. */
export interface Trial {
  overrides?: readonly TriedOverride[]
  moves?: readonly TriedMove[]
}
export type TriedOverride = Pick<Override, 'hospitalCode' | 'kind' | 'reason' | 'createdAt'>
export type TriedMove = Pick<RankMove, 'hospitalCode' | 'position' | 'reason'>

/**
 * @param round unless told the one that is being prepared: after the last confirmed one the next
 * @param reinstated hospitals whose decline is taken back
 */
export type ReadDraft = (round?: number, reinstated?: ReadonlySet<string>) => Draft

type Computed = Pick<Draft, 'snapshot' | 'result' | 'factsSha256'>

/**
 * Reads the facts and computes the draft. As long as no fact changes it is the same draft, taken when the facts
 * were first seen as they are: the page, its two files and the confirmed round then agree to the byte.
 */
export function draftReader({ stores, now }: Office): ReadDraft {
  const last = new Map<number, { stamp: string; draft: Draft }>()
  const frozenOf = frozenRoundReader(stores)

  return (round = (stores.editions.newest().at(-1)?.number ?? 0) + 1, reinstated = new Set()) => {
    const stamp = `${stores.changeStamp()} ${[...reinstated].join()}`
    const known = last.get(round)
    if (known?.stamp === stamp) return known.draft
    const reading = { frozenOf, takenAt: now(), known: known?.draft ?? null, reinstated }
    const draft = readDraft(stores, round, reading)
    last.set(round, { stamp, draft })
    return draft
  }
}

interface Reading {
  frozenOf: FrozenReader
  takenAt: Date
  known: Computed | null
  reinstated: ReadonlySet<string>
}

function readDraft(stores: Stores, round: number, { frozenOf, takenAt, known, reinstated }: Reading): Draft {
  const { version: policyVersion, policy } = stores.policies.current()
  const today = {
    hospitals: stores.hospitals.all(),
    submissions: stores.submissions.all(),
    overrides: stores.overrides.active(),
    moves: stores.rankMoves.active(round),
  }
  const gmis = stores.gmis.all()
  const heldWith = (overrides: readonly TriedOverride[]) =>
    heldSeats(stores, round, { ...today, overrides, reinstated }, frozenOf)
  const held = heldWith(today.overrides)
  const snapshotWith = (trial: Trial, at: Date) => {
    const facts = { ...today, ...trial }
    const { taken, byRegion, leftOut } = trial.overrides ? heldWith(trial.overrides) : held
    const seats = withSeatsLeft(policy, taken)
    return withFloorsLeft(
      snapshotOf({ ...facts, gmis, policy: seats, round, takenAt: at, leftOut }),
      byRegion,
    )
  }
  const computed = computedOf(snapshotWith({}, takenAt), known)
  const { hospitals, submissions, overrides, moves } = today
  return {
    ...computed,
    policyVersion,
    policy,
    held,
    hospitals,
    submissions,
    overrides,
    moves,
    withPolicy: (other) =>
      withFloorsLeft({ ...computed.snapshot, policy: withSeatsLeft(other, held.taken) }, held.byRegion),
    tried: (trial) => snapshotWith(trial, new Date(computed.snapshot.takenAt)),
  }
}

function computedOf(snapshot: Snapshot, known: Computed | null): Computed {
  const sha256 = factsSha256(snapshot)
  // What it computed and no more: the draft before must not live on in the one after it.
  if (known?.factsSha256 === sha256)
    return { snapshot: known.snapshot, result: known.result, factsSha256: sha256 }
  return { snapshot, result: select(snapshot), factsSha256: sha256 }
}
