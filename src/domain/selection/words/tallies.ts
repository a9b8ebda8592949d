import { HOSPITAL_FUNCTIONS } from '../../master/hospital.ts'
import { labelOf } from '../../text/choice.ts'
import type { Comparison } from '../comparison.ts'
import { type Band, bandLabel, type Policy } from '../policy.ts'

export interface TallyLine {
  label: string
  /** 枠, or of a region and a function the hospitals that could be selected; null where the policy has no such band. */
  room: { before: number | null; after: number | null }
  selected: { before: number | null; after: number | null }
  /** ＋2, －1, or '' where it stays. */
  difference: string
}

/** The bands of both policies, from the smallest hospitals up. */
export function bandTallies({ bands }: Comparison, before: Policy, after: Policy): TallyLine[] {
  const lowerLimits = new Map([...before.bands, ...after.bands].map(({ id, min }) => [id, min]))
  return bands
    .toSorted((a, b) => lowerLimits.get(a.id)! - lowerLimits.get(b.id)!)
    .map(({ id, before: had, after: has }) =>
      tally(bandText(id, before, after), { before: had?.seats, after: has?.seats }, had, has),
    )
}

export function regionTallies(
  { regions }: Comparison,
  byRegion: (a: string, b: string) => number,
): TallyLine[] {
  return regions
    .toSorted((a, b) => byRegion(a.id, b.id))
    .map(({ id, before: had, after: has }) =>
      tally(id, { before: had?.eligible, after: has?.eligible }, had, has),
    )
}

export function functionTallies({ functions }: Comparison): TallyLine[] {
  return functions.map(({ id, hospitals, before, after }) =>
    tally(
      labelOf(HOSPITAL_FUNCTIONS, id),
      { before: hospitals, after: hospitals },
      { selected: before },
      { selected: after },
    ),
  )
}

/** Of a band whose limits differ, both: 20～99床 → 20～149床 */
function bandText(id: string, before: Policy, after: Policy): string {
  const labelIn = ({ bands }: Policy) => labelOfBand(bands.find((band) => band.id === id))
  const labels = [labelIn(before), labelIn(after)].filter((label) => label !== null)
  return [...new Set(labels)].join(' → ')
}

function labelOfBand(band: Band | undefined): string | null {
  return band ? bandLabel(band) : null
}

type Counted = { selected: number } | null

function tally(
  label: string,
  room: { before: number | undefined; after: number | undefined },
  before: Counted,
  after: Counted,
): TallyLine {
  const difference = (after?.selected ?? 0) - (before?.selected ?? 0)
  return {
    label,
    room: { before: room.before ?? null, after: room.after ?? null },
    selected: { before: before?.selected ?? null, after: after?.selected ?? null },
    difference: difference === 0 ? '' : difference > 0 ? `＋${difference}` : `－${-difference}`,
  }
}
