import { HOSPITAL_FUNCTION_IDS, type HospitalFunction } from '../master/hospital.ts'
import type { Reading } from './reading.ts'
import type { BandResult, HospitalResult, RegionResult } from './result.ts'

/** Two selections from the same hospitals, side by side. */
export interface Comparison {
  before: Reading
  after: Reading
  /** Selected only after, in the order of after. */
  entering: Change[]
  /** Selected only before, in the order of before. */
  leaving: Change[]
  /** Selected both times, but by another rule, in the order of after. */
  rebased: Change[]
  /** Every band of either policy, those of before first. */
  bands: Sides<BandResult>[]
  regions: Sides<RegionResult>[]
  /** How many of the hospitals with a function have a seat. A hospital with several counts for each. */
  functions: { id: HospitalFunction; hospitals: number; before: number; after: number }[]
}

/** One hospital's lines of the two results. */
export interface Change {
  code: string
  before: HospitalResult
  after: HospitalResult
}

/** Null where that policy has no such band. */
interface Sides<Tally> {
  id: string
  before: Tally | null
  after: Tally | null
}

/** What became of the same hospitals under another policy, or after other decisions by hand. */
export function compareSelections(before: Reading, after: Reading): Comparison {
  const change = ({ code }: HospitalResult): Change => ({
    code,
    before: before.row(code),
    after: after.row(code),
  })
  const changesAfter = after.rows.filter(isSelected).map(change)
  return {
    before,
    after,
    entering: changesAfter.filter((each) => !isSelected(each.before)),
    leaving: before.rows
      .filter(isSelected)
      .map(change)
      .filter((each) => !isSelected(each.after)),
    rebased: changesAfter.filter((each) => isSelected(each.before) && each.before.basis !== each.after.basis),
    bands: sidesOf(before.bands, after.bands),
    regions: sidesOf(before.result.regions, after.result.regions),
    functions: HOSPITAL_FUNCTION_IDS.map((id) => {
      const having = after.snapshot.candidates.filter(({ functions }) => functions.includes(id))
      const served = ({ row }: Reading) => having.filter(({ code }) => isSelected(row(code))).length
      return { id, hospitals: having.length, before: served(before), after: served(after) }
    }),
  }
}

function isSelected({ decision }: HospitalResult): boolean {
  return decision === 'selected'
}

function sidesOf<Tally extends { id: string }>(
  before: readonly Tally[],
  after: readonly Tally[],
): Sides<Tally>[] {
  const ids = new Set([...before, ...after].map(({ id }) => id))
  const of = (tallies: readonly Tally[], wanted: string) => tallies.find(({ id }) => id === wanted) ?? null
  return [...ids].map((id) => ({ id, before: of(before, id), after: of(after, id) }))
}
