import type { ConfirmedEdition } from '../../db/editions.ts'
import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { roundLabel } from '../../domain/record/round.ts'
import type { FrozenReader } from './frozen.ts'

/** What the other rounds have given away. */
export interface HeldSeats {
  /** The beds of each hospital that holds a seat. */
  taken: number[]
  /** By region how many of its hospitals hold one. */
  byRegion: Map<string, number>
  /** Hospitals that take no seat of this round, with the reason. */
  leftOut: Map<string, string>
}

interface Today {
  submissions: readonly Submission[]
  overrides: readonly { hospitalCode: string; kind: 'designate' | 'exclude'; createdAt: Date }[]
  /** Whose decline is taken back with what is being prepared. */
  reinstated: ReadonlySet<string>
}

/** Seats are held by the newest editions of all rounds but this one. */
export function heldSeats(
  { editions }: Stores,
  round: number,
  today: Today,
  frozenOf: FrozenReader,
): HeldSeats {
  const leftOut = declined(editions.confirmed(), today, frozenOf)
  const held: HeldSeats = { taken: [], byRegion: new Map(), leftOut }
  for (const other of editions.newest()) {
    if (other.number === round) continue
    const { snapshot, amended } = frozenOf(other)
    const beds = new Map(snapshot.candidates.map((candidate) => [candidate.code, candidate.beds]))
    for (const { code, region, decision } of amended.results) {
      if (decision !== 'selected') continue
      held.taken.push(beds.get(code)!)
      held.byRegion.set(region, (held.byRegion.get(region) ?? 0) + 1)
      held.leftOut.set(code, `${roundLabel(other.number)}で選定済み`)
    }
  }
  return held
}

/**
 * Whoever declined is asked no second time, unless the hospital has answered again since, an officer has designated
 * it since, or the round was done anew with the decline taken back.
 */
function declined(
  editions: readonly ConfirmedEdition[],
  { submissions, overrides, reinstated }: Today,
  frozenOf: FrozenReader,
): Map<string, string> {
  const current = submissions.filter(({ state }) => state === 'current')
  const answered = new Map(current.map(({ hospitalCode, correctedAt }) => [hospitalCode, correctedAt]))
  const designations = overrides.filter(({ kind }) => kind === 'designate')
  const designated = new Map(designations.map(({ hospitalCode, createdAt }) => [hospitalCode, createdAt]))
  const leftOut = new Map<string, string>()
  for (const { declinedCode: code, settled, number, edition } of editions) {
    if (code === null) continue
    const since = (at: Date | undefined) => at !== undefined && at > settled.at
    const isTakenBack = editions.some(
      (later) =>
        later.number === number &&
        later.edition > edition &&
        later.kind === 'reopened' &&
        frozenOf(later).result.results.some((row) => row.code === code && row.eligible),
    )
    const isBack =
      isTakenBack || reinstated.has(code) || since(answered.get(code)) || since(designated.get(code))
    if (isBack) leftOut.delete(code)
    else leftOut.set(code, `${roundLabel(number)}の後に辞退`)
  }
  return leftOut
}
