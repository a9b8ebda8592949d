import type { Allotment } from './allotment.ts'
import { type Field, floorsLeft } from './field.ts'
import type { Ranked } from './rank.ts'
import type { BandResult, RegionResult } from './result.ts'

/** How every band was filled. */
export function bandTallies(field: Field, ranked: readonly Ranked[], allotment: Allotment): BandResult[] {
  const counts = countBy('band', field.bands.length, ranked, allotment)
  return field.bands.map(({ id, seats }, band) => {
    const { eligible, selected } = counts[band]!
    return { id, seats, eligible, selected, shortfall: Math.max(0, seats - selected) }
  })
}

/** How every region of the master was served. */
export function regionTallies(
  field: Field,
  ranked: readonly Ranked[],
  allotment: Allotment,
  regionFloor: number,
): RegionResult[] {
  const counts = countBy('region', field.regions.length, ranked, allotment)
  const floors = floorsLeft(field, regionFloor)
  return field.regions.map((id, region) => {
    const { eligible, selected } = counts[region]!
    const floor = Math.min(floors[region]!, eligible)
    return { id, eligible, selected, floor, shortfall: Math.max(0, floor - selected) }
  })
}

function countBy(
  side: 'band' | 'region',
  size: number,
  ranked: readonly Ranked[],
  allotment: Allotment,
): { eligible: number; selected: number }[] {
  const counts = Array.from({ length: size }, () => ({ eligible: 0, selected: 0 }))
  ranked.forEach(({ entrant }, index) => {
    const count = counts[entrant[side]]!
    count.eligible += 1
    if (allotment[index] !== null) count.selected += 1
  })
  return counts
}
