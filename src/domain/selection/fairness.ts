import { HOSPITAL_FUNCTIONS } from '../master/hospital.ts'
import { compareText } from '../text/text-order.ts'
import type { AmendedRow } from './amendment.ts'
import { NO_BAND } from './bands.ts'
import type { Reading } from './reading.ts'

/** Hospitals of one kind: all of the master, and of those who answered, who is eligible and who is selected. */
export interface FairnessCounts {
  all: number
  answered: number
  /** 選定対象: selected or waiting, as the board of seats counts them. Who declined is neither. */
  eligible: number
  selected: number
}

export interface FairnessGroup extends FairnessCounts {
  label: string
}

const FAIRNESS_PART_IDS = ['band', 'region', 'function', 'ownership'] as const
export type FairnessPartId = (typeof FAIRNESS_PART_IDS)[number]

/** The hospitals by one of their properties. But for 医療機能, of which a hospital may have several, each is in one group. */
export interface FairnessPart {
  id: FairnessPartId
  groups: FairnessGroup[]
}

export interface Fairness {
  total: FairnessCounts
  /** Hospitals that gave their place back: neither eligible nor selected any more. */
  declined: number
  parts: FairnessPart[]
}

interface Asked {
  /** 開設者種別 by the hospital's key, where it is known: no snapshot has it. */
  ownership: ReadonlyMap<string, string>
  /** In which regions stand. */
  byRegion: (a: string, b: string) => number
}

/** Shares of a selection, as it stands after declines: counted, and nothing else. */
export function fairnessOf(
  { rows, candidate, snapshot, bandLabel }: Reading<AmendedRow>,
  { ownership, byRegion }: Asked,
): Fairness {
  const hospitals = rows.map((row): Counted => {
    const { functions, submission } = candidate(row.code)
    return {
      band: bandLabel(row.band),
      region: row.region,
      functions,
      owner: ownership.get(row.code) ?? null,
      isAnswered: submission !== null,
      isEligible: row.decision === 'selected' || row.decision === 'waitlisted',
      isSelected: row.decision === 'selected',
    }
  })
  const group = (label: string, is: (each: Counted) => boolean): FairnessGroup => ({
    label,
    ...countsOf(hospitals.filter(is)),
  })
  const bands = snapshot.policy.bands.map(({ id }) => bandLabel(id))
  const regions = [...new Set(hospitals.map(({ region }) => region))].sort(byRegion)
  const parts: Record<FairnessPartId, FairnessGroup[]> = {
    band: [...bands, NO_BAND.label].map((label) => group(label, ({ band }) => band === label)),
    region: regions.map((label) => group(label, ({ region }) => region === label)),
    function: [
      ...HOSPITAL_FUNCTIONS.map(({ id, label }) => group(label, ({ functions }) => functions.includes(id))),
      group(NO_FUNCTION, ({ functions }) => functions.length === 0),
    ],
    ownership: ownersIn(hospitals).map((owner) => group(owner ?? NO_OWNER, (each) => each.owner === owner)),
  }
  return {
    total: countsOf(hospitals),
    declined: rows.filter(({ decision }) => decision === 'declined').length,
    // A band has its line though nobody lies in it; 区分外 has one only where somebody does.
    parts: FAIRNESS_PART_IDS.map((id) => ({
      id,
      groups: parts[id].filter(({ label, all }) => all > 0 || (id === 'band' && label !== NO_BAND.label)),
    })),
  }
}

const NO_FUNCTION = 'いずれの機能もない病院'
const NO_OWNER = '（登録なし）'

interface Counted {
  band: string
  region: string
  functions: readonly string[]
  owner: string | null
  isAnswered: boolean
  isEligible: boolean
  isSelected: boolean
}

function countsOf(some: readonly Counted[]): FairnessCounts {
  const count = (is: (each: Counted) => boolean) => some.filter(is).length
  return {
    all: some.length,
    answered: count(({ isAnswered }) => isAnswered),
    eligible: count(({ isEligible }) => isEligible),
    selected: count(({ isSelected }) => isSelected),
  }
}

/** The most frequent first, who is not known last; nobody where none is known. */
function ownersIn(hospitals: readonly Counted[]): (string | null)[] {
  const counts = new Map<string, number>()
  for (const { owner } of hospitals) if (owner !== null) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  if (counts.size === 0) return []
  const owners = [...counts].sort(([a, x], [b, y]) => y - x || compareText(a, b)).map(([owner]) => owner)
  return [...owners, null]
}

/** In tenths of a percent, rounded half up; null where there is nothing to have a share of. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((2000 * part + whole) / (2 * whole))
}

/**
 * By how many tenths of a point the group's share of the selected is above its share of the others (below: negative), out
 * of the counts and not of rounded shares; null where there are none.
 */
export function shareDifference(
  group: FairnessCounts,
  total: FairnessCounts,
  of: 'eligible' | 'all',
): number | null {
  const whole = total.selected * total[of]
  if (whole === 0) return null
  const difference = group.selected * total[of] - group[of] * total.selected
  const tenths = Math.floor((2000 * Math.abs(difference) + whole) / (2 * whole))
  return difference < 0 ? 0 - tenths : tenths
}
