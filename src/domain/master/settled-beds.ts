import { BED_TYPE_IDS, type BedType, type Hospital } from './hospital.ts'
import type { BlankRule, OpenCells } from './open-cells.ts'

type Beds = Pick<Hospital, 'beds' | 'bedsByType'>
type Counts = NonNullable<Hospital['bedsByType']>

/**
 * The beds of a known hospital after a row that may leave the total, some of the types or all of them open. What was
 * only left open never turns known beds into none.
 * @param incoming with 0 for what is open
 */
export function settledBeds(before: Beds, incoming: Beds, open: OpenCells, rule: BlankRule): Beds {
  const isUnsaid = (cell: BedType | 'beds') => open.cut.has(cell) || open.absent.has(cell)
  const isOpen = (cell: BedType | 'beds') => open.blank.has(cell) || isUnsaid(cell)
  const openTypes = BED_TYPE_IDS.filter(isOpen)
  const total = isOpen('beds') ? null : incoming.beds
  const given = incoming.bedsByType
  if (!given || openTypes.length === BED_TYPE_IDS.length) {
    const isCleared = rule === 'clear' && BED_TYPE_IDS.every((type) => open.blank.has(type))
    return { beds: total ?? before.beds, bedsByType: isCleared ? null : before.bedsByType }
  }
  // The row adds up by itself, or every type is there: what is blank is none.
  if (openTypes.length === 0 || sum(given) === total) return { beds: total ?? sum(given), bedsByType: given }
  // Parts of a whole that was never told apart say nothing about the rest.
  if (!before.bedsByType && openTypes.some(isUnsaid))
    return { beds: total ?? Math.max(before.beds, sum(given)), bedsByType: null }
  const isKept = (type: BedType) => isUnsaid(type) || rule === 'keep'
  const kept = openTypes.filter(isKept).map((type) => [type, before.bedsByType?.[type] ?? 0])
  const bedsByType: Counts = { ...given, ...Object.fromEntries(kept) }
  return { beds: total ?? (sum(bedsByType) || before.beds), bedsByType }
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((all, count) => all + count, 0)
}
