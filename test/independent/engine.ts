import { asWritten, byCodePoint, canonical, type Input, type Json, sha256 } from './form.ts'
import { basisOf, floorsOf } from './seats.ts'
import { type Entrant, entrants, ranking } from './standing.ts'

/** The whole result of a snapshot, as plain JSON. */
export function decide(given: Input): Json {
  const input = asWritten(given)
  const { policy } = input
  const all = entrants(input)
  const order = ranking(all, input)
  const bases = basisOf(all, order, policy)
  const selected = order.filter((entrant) => bases.has(entrant))
  const waiting = order.filter((entrant) => !bases.has(entrant))
  const place = (list: Entrant[], entrant: Entrant) => {
    const index = list.indexOf(entrant)
    return index === -1 ? null : index + 1
  }
  const ofBand = (list: Entrant[], { band }: Entrant) => list.filter((each) => each.band === band)
  const line = (entrant: Entrant): Json => {
    const { hospital, values, score, band, reason } = entrant
    const isSelected = bases.has(entrant)
    return {
      code: hospital.code,
      eligible: reason === null,
      reason,
      score,
      values,
      band,
      region: hospital.region,
      rank: place(order, entrant),
      bandRank: place(ofBand(order, entrant), entrant),
      decision: reason !== null ? 'ineligible' : isSelected ? 'selected' : 'waitlisted',
      basis: bases.get(entrant) ?? null,
      order: place(selected, entrant),
      waitlistPosition: place(ofBand(waiting, entrant), entrant),
    }
  }
  const ineligible = all
    .filter(({ reason }) => reason !== null)
    .sort((a, b) => byCodePoint(a.hospital.code, b.hospital.code))
  const floors = floorsOf(all, policy.regionFloor)
  return {
    format: 'kakuho.result/1',
    snapshotSha256: sha256(canonical(input as unknown as Json)),
    results: [...order, ...ineligible].map(line),
    bands: policy.bands.map(({ id, seats }) => {
      const here = selected.filter(({ band }) => band === id).length
      return {
        id,
        seats,
        eligible: order.filter(({ band }) => band === id).length,
        selected: here,
        shortfall: Math.max(0, seats - here),
      }
    }),
    regions: [...floors]
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([id, floor]) => {
        const here = (list: Entrant[]) => list.filter(({ hospital }) => hospital.region === id).length
        return {
          id,
          eligible: here(order),
          selected: here(selected),
          floor,
          shortfall: Math.max(0, floor - here(selected)),
        }
      }),
    problems: policy.bands.flatMap(({ id, seats }) => {
      const over =
        order.filter((entrant) => entrant.band === id && bases.get(entrant) === 'designated').length - seats
      return over > 0 ? [{ kind: 'designated_over_seats', band: id, over }] : []
    }),
  }
}
