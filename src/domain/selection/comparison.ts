import { HOSPITAL_FUNCTION_IDS, type HospitalFunction } from '../master/hospital.ts'
import type { Policy } from './policy.ts'
import type { BandResult, HospitalResult, RegionResult, SelectionResult } from './result.ts'
import { select } from './select.ts'
import type { Candidate, Snapshot } from './snapshot.ts'

/** Two selections from the same hospitals, side by side. */
export interface Comparison {
  before: SelectionResult
  after: SelectionResult
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
export interface Sides<Tally> {
  id: string
  before: Tally | null
  after: Tally | null
}

/**
 * What another policy would decide on the same facts. Moves by hand are among the facts: they hold for both.
 * @param result of the snapshot, where it is at hand
 */
export function comparePolicies(
  snapshot: Snapshot,
  policy: Policy,
  result: SelectionResult = select(snapshot),
): Comparison {
  return compareResults(snapshot.candidates, result, select({ ...snapshot, policy }))
}

/** @param candidates of both results */
export function compareResults(
  candidates: readonly Candidate[],
  before: SelectionResult,
  after: SelectionResult,
): Comparison {
  const linesBefore = byCode(before)
  const linesAfter = byCode(after)
  const change = ({ code }: HospitalResult): Change => ({
    code,
    before: linesBefore.get(code)!,
    after: linesAfter.get(code)!,
  })
  const changesAfter = after.results.filter(isSelected).map(change)
  return {
    before,
    after,
    entering: changesAfter.filter((each) => !isSelected(each.before)),
    leaving: before.results
      .filter(isSelected)
      .map(change)
      .filter((each) => !isSelected(each.after)),
    rebased: changesAfter.filter((each) => isSelected(each.before) && each.before.basis !== each.after.basis),
    bands: sidesOf(before.bands, after.bands),
    regions: sidesOf(before.regions, after.regions),
    functions: HOSPITAL_FUNCTION_IDS.map((id) => {
      const having = candidates.filter(({ functions }) => functions.includes(id))
      const served = (lines: Map<string, HospitalResult>) =>
        having.filter(({ code }) => isSelected(lines.get(code)!)).length
      return { id, hospitals: having.length, before: served(linesBefore), after: served(linesAfter) }
    }),
  }
}

function byCode({ results }: SelectionResult): Map<string, HospitalResult> {
  return new Map(results.map((line) => [line.code, line]))
}

function isSelected({ decision }: HospitalResult): boolean {
  return decision === 'selected'
}

function sidesOf<Tally extends { id: string }>(before: Tally[], after: Tally[]): Sides<Tally>[] {
  const ids = new Set([...before, ...after].map(({ id }) => id))
  const of = (tallies: Tally[], wanted: string) => tallies.find(({ id }) => id === wanted) ?? null
  return [...ids].map((id) => ({ id, before: of(before, id), after: of(after, id) }))
}
