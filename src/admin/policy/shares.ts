import type { PointId } from '../../domain/selection/policy.ts'
import { FAMILIES, type Family, familyOf } from '../score-bars.ts'

/** 合計に占める割合: how much of all points one criterion has. */
export interface Share {
  family: Family
  /** 18.5％ */
  text: string
  /** Of the largest one, 0..100. */
  width: number
}

/** The same of the criteria of one kind, side by side: together they are the whole. */
export interface FamilyShare {
  family: Family
  label: string
  text: string
  x: number
  /** Of all points, 0..100. */
  width: number
}

interface Shares {
  /** Null for one without points, and while the points are no numbers. */
  of: (id: PointId) => Share | null
  byFamily: FamilyShare[]
}

const NO_SHARES: Shares = { of: () => null, byFamily: [] }

/** @param all that may earn points, each with its points */
export function pointShares(all: readonly { id: PointId; points: number }[]): Shares {
  const known = new Map(all.map(({ id, points }) => [id, points]))
  const points = (id: PointId) => known.get(id) ?? 0
  const total = all.reduce((sum, each) => sum + each.points, 0)
  if (!(total > 0)) return NO_SHARES
  const largest = all.reduce((most, each) => Math.max(most, each.points), 0)
  let before = 0
  const byFamily = FAMILIES.flatMap(({ id: family, label }) => {
    const members = all.filter(({ id }) => familyOf(id) === family)
    const sum = members.reduce((subtotal, each) => subtotal + each.points, 0)
    if (sum === 0) return []
    const x = tenths((100 * before) / total)
    before += sum
    return [{ family, label, text: percentText(sum, total), x, width: tenths((100 * before) / total - x) }]
  })
  return {
    of: (id) =>
      points(id) === 0
        ? null
        : {
            family: familyOf(id),
            text: percentText(points(id), total),
            width: tenths((100 * points(id)) / largest),
          },
    byFamily,
  }
}

/** 18.5％, rounded to a tenth. */
function percentText(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)}％`
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
