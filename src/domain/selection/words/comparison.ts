import { HOSPITAL_FUNCTIONS } from '../../master/hospital.ts'
import { labelOf } from '../../text/choice.ts'
import { type Band, bandLabel } from '../bands.ts'
import type { Change, Comparison } from '../comparison.ts'
import type { Reading } from '../reading.ts'
import type { HospitalResult } from '../result.ts'

/** One hospital whose decision differs between two selections, in words. */
export interface ChangeLine {
  code: string
  name: string
  region: string
  band: string
  beds: number
  before: string
  after: string
  /** The sentence of the side after. */
  why: string
}

export function changeLine(
  { before, after }: Comparison,
  { code, before: had, after: has }: Change,
): ChangeLine {
  const { name, region, beds } = after.candidate(code)
  return {
    code,
    name,
    region,
    beds,
    band: after.bandLabel(has.band),
    before: placeText(before, had),
    after: placeText(after, has),
    why: after.texts.why(has),
  }
}

/** 選定（順位）, 補欠第3位 */
function placeText({ texts }: Reading, row: HospitalResult): string {
  const basis = texts.basis(row)
  return basis === null ? texts.decision(row) : `${texts.decision(row)}（${basis}）`
}

export interface TallyLine {
  label: string
  /** 枠, or of a region and a function the hospitals that could be selected; null where the policy has no such band. */
  room: { before: number | null; after: number | null }
  selected: { before: number | null; after: number | null }
  /** ＋2, －1, or '' where it stays. */
  difference: string
}

/** The bands of both policies, from the smallest hospitals up. */
export function bandTallies({ bands, before, after }: Comparison): TallyLine[] {
  const lowerLimit = (id: string) => (after.band(id) ?? before.band(id))!.min
  return bands
    .toSorted((a, b) => lowerLimit(a.id) - lowerLimit(b.id))
    .map(({ id, before: had, after: has }) =>
      tally(bandText([before.band(id), after.band(id)]), { before: had?.seats, after: has?.seats }, had, has),
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
function bandText(sides: (Band | null)[]): string {
  const labels = sides.flatMap((band) => (band ? bandLabel(band) : []))
  return [...new Set(labels)].join(' → ')
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
