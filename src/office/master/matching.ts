import type { Stores } from '../../db/stores.ts'
import type { WaitingRow } from '../../db/waiting-rows.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { type MatchCandidate, matchProposals } from '../../domain/master/matching.ts'

/** A row that waits, with the hospitals of the master that it may be of. */
export interface OpenMatch {
  row: WaitingRow
  candidates: { hospital: Hospital; likeness: MatchCandidate }[]
  isCertain: boolean
}

/** Every row that waits, the certain ones first, as the master stands today. */
export function openMatches(stores: Stores): OpenMatch[] {
  const master = stores.hospitals.all()
  const byKey = new Map(master.map((hospital) => [hospital.key, hospital]))
  const waiting = stores.hospitalMatches.waiting()
  const facts = stores.hospitals.facts()
  /** Whom the row's source names by a number of its own, as of the row's day or later. */
  const named = ({ source, day }: WaitingRow) =>
    [...facts].flatMap(([key, { statements }]) =>
      statements.some((each) => each.source === source && each.day >= day) ? [key] : [],
    )
  const proposals = [...Map.groupBy(waiting, ({ source, day }) => `${source} ${day}`).values()].flatMap(
    (rows) =>
      matchProposals(
        master,
        rows.map(({ hospital }) => hospital),
        new Set(named(rows[0]!)),
      ),
  )
  const proposed = new Map(proposals.map((proposal) => [proposal.row.key, proposal]))
  return waiting
    .map((row) => {
      const { candidates = [], isCertain = false } = proposed.get(row.code) ?? {}
      return {
        row,
        candidates: candidates.map((likeness) => ({ hospital: byKey.get(likeness.key)!, likeness })),
        isCertain,
      }
    })
    .toSorted((a, b) => Number(b.isCertain) - Number(a.isCertain))
}

/** 「名称が同じ、市町村が同じ、病床数が違う」 */
export function likenessText({ name, isSamePlace, isSameBeds, isRenumbered }: MatchCandidate): string {
  return [
    ...(isRenumbered ? ['コードが違う（開設者の変更などで変わった可能性）'] : []),
    name === 'same' ? '名称が同じ' : '名称の一部が同じ',
    isSamePlace ? '市町村が同じ' : '市町村が違う',
    isSameBeds ? '病床数が同じ' : '病床数が違う',
  ].join('、')
}
