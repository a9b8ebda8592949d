import type { AmendedRow } from '../amendment.ts'
import { onceFor } from '../once-for.ts'
import type { Reading } from '../reading.ts'
import { movedByHand } from './by-hand.ts'

/** Why points alone do not say how a selected hospital came to its seat. */
const APART_IDS = ['designated', 'region_floor', 'moved'] as const
export type Apart = (typeof APART_IDS)[number]

/** 最低点: what the points of a band's selected hospitals come to. */
export interface Cut {
  /**
   * The last in rank of those with the fewest points among the selected that points and rank brought there: whoever moved
   * up after a decline, or got a seat that was left over, is one of them. Null where there is none.
   */
  lowest: AmendedRow | null
  /** What brought the others of the band there, who may have any points. */
  apart: readonly Apart[]
}

type Selected = Pick<Reading<AmendedRow>, 'rows' | 'contest'>

/** Of a band, as the selection stands: where hospitals have declined, after that. */
export function cutOf(reading: Selected, band: string): Cut {
  const known = cuts(reading)
  const cut = known.get(band) ?? computed(reading, band)
  known.set(band, cut)
  return cut
}

const cuts = onceFor((_: Selected) => new Map<string, Cut>())

function computed(reading: Selected, band: string): Cut {
  const moved = movedByHand(reading.contest())
  const apartOf = ({ code, basis }: AmendedRow): Apart | null => {
    if (basis === 'designated' || basis === 'region_floor') return basis
    return moved.has(code) ? 'moved' : null
  }
  const selected = reading.rows.filter((row) => row.band === band && row.decision === 'selected')
  const apart = new Set(selected.map(apartOf))
  const lowest = selected
    .filter((row) => apartOf(row) === null)
    .reduce<AmendedRow | null>((least, row) => (least && least.score < row.score ? least : row), null)
  return { lowest, apart: APART_IDS.filter((id) => apart.has(id)) }
}
