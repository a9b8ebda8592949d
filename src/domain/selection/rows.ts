import { compareText } from '../text/text-order.ts'
import type { Allotment } from './allotment.ts'
import type { Entrant, Field } from './field.ts'
import type { Ranked } from './rank.ts'
import type { HospitalResult } from './result.ts'
import { scoreOf, type Weights } from './score.ts'

/** The eligible hospitals' lines of the result, in rank order. */
export function rankedRows(field: Field, ranked: readonly Ranked[], allotment: Allotment): HospitalResult[] {
  const ranks = field.bands.map(() => 0)
  const waiting = field.bands.map(() => 0)
  let orders = 0
  return ranked.map(({ entrant, score }, index) => {
    const basis = allotment[index] ?? null
    return rowOf(field, entrant, score, {
      rank: index + 1,
      bandRank: ++ranks[entrant.band]!,
      decision: basis ? 'selected' : 'waitlisted',
      basis,
      order: basis ? ++orders : null,
      waitlistPosition: basis ? null : ++waiting[entrant.band]!,
    })
  })
}

/** The others' lines, by code. They are scored as well: every hospital can be told what it would have had. */
export function ineligibleRows(field: Field, weights: Weights): HospitalResult[] {
  return field.entrants
    .filter(({ reason }) => reason !== null)
    .sort((a, b) => compareText(a.candidate.code, b.candidate.code))
    .map((entrant) => rowOf(field, entrant, scoreOf(weights, entrant.values), NO_PLACE))
}

type Place = Pick<HospitalResult, 'rank' | 'bandRank' | 'decision' | 'basis' | 'order' | 'waitlistPosition'>

const NO_PLACE: Place = {
  rank: null,
  bandRank: null,
  decision: 'ineligible',
  basis: null,
  order: null,
  waitlistPosition: null,
}

function rowOf(field: Field, entrant: Entrant, score: number, place: Place): HospitalResult {
  const { candidate, reason, values, band } = entrant
  return {
    code: candidate.code,
    eligible: reason === null,
    reason,
    score,
    values,
    band: field.bands[band]?.id ?? null,
    region: candidate.region,
    rank: place.rank,
    bandRank: place.bandRank,
    decision: place.decision,
    basis: place.basis,
    order: place.order,
    waitlistPosition: place.waitlistPosition,
  }
}
