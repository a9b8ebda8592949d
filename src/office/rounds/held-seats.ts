import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { roundLabel } from '../../domain/record/round.ts'
import type { OtherRound } from '../../domain/selection/snapshot.ts'
import type { FrozenReader } from './frozen.ts'
import { declinesOf, stillDeclined } from './recorded-declines.ts'

/** What the other rounds have given away. */
export interface HeldSeats {
  /** The beds of each hospital that holds a seat. */
  taken: number[]
  /** Hospitals that get no seat of this round, and why. */
  leftOut: Map<string, LeftOut>
}

/** By which round a hospital holds a seat, or which one it has declined. */
export interface LeftOut {
  kind: OtherRound
  round: number
}

interface Today {
  submissions: readonly Submission[]
  overrides: readonly { hospitalCode: string; kind: 'designate' | 'exclude'; createdAt: Date }[]
  /** Whose decline is taken back with what is being prepared. */
  reinstated: ReadonlySet<string>
}

/**
 * Seats are held by the newest editions of all rounds but this one. A decline counts in whichever round it was, this one
 * too; a seat that was given since outweighs it.
 */
export function heldSeats(stores: Stores, round: number, today: Today, frozenOf: FrozenReader): HeldSeats {
  const held: HeldSeats = { taken: [], leftOut: declined(stores, today, frozenOf) }
  for (const other of stores.editions.newest()) {
    if (other.number === round) continue
    const { reading } = frozenOf(other)
    for (const { code, decision } of reading.rows) {
      if (decision !== 'selected') continue
      held.taken.push(reading.candidate(code).beds)
      held.leftOut.set(code, { kind: 'selected', round: other.number })
    }
  }
  return held
}

/** 初回選定で選定済み, 追加選定（第2回）の後に辞退: frozen as the reason for which a hospital is passed over. */
export function leftOutText({ kind, round }: LeftOut): string {
  return kind === 'selected' ? `${roundLabel(round)}で選定済み` : `${roundLabel(round)}の後に辞退`
}

/** 初回選定で選定済みのため, 初回選定の後に辞退したため: how a sentence begins. */
export function leftOutCause({ kind, round }: LeftOut): string {
  return kind === 'selected'
    ? `${roundLabel(round)}で選定済みのため`
    : `${roundLabel(round)}の後に辞退したため`
}

function declined(
  stores: Stores,
  { submissions, overrides, reinstated }: Today,
  frozenOf: FrozenReader,
): Map<string, LeftOut> {
  const current = submissions.filter(({ state }) => state === 'current')
  const answered = new Map(current.map(({ hospitalCode, correctedAt }) => [hospitalCode, correctedAt]))
  const designations = overrides.filter(({ kind }) => kind === 'designate')
  const designated = new Map(designations.map(({ hospitalCode, createdAt }) => [hospitalCode, createdAt]))
  const standing = declinesOf(stores, frozenOf).filter((decline) => {
    const { code } = decline
    const since = { answeredAt: answered.get(code), designatedAt: designated.get(code) }
    return !reinstated.has(code) && stillDeclined(decline, since)
  })
  return new Map(standing.map(({ code, round }) => [code, { kind: 'declined', round }]))
}
