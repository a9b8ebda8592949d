import { bandIndexOf } from '../../domain/selection/bands.ts'
import { type BandBoard, boardOf } from '../../domain/selection/board.ts'
import { bandLabel } from '../../domain/selection/policy.ts'
import type { Draft } from './draft.ts'

/**
 * All confirmed rounds together against the seats of today's policy: who holds a seat is selected, and whoever could
 * still get one waits.
 */
export function overallBoard({ policy, held, result, snapshot }: Draft): BandBoard {
  const inBand = (index: number) => held.taken.filter((beds) => bandIndexOf(policy.bands, beds) === index)
  const eligible = new Map(result.bands.map((band) => [band.id, band.eligible]))
  return boardOf(
    snapshot.policy.bands.map(({ id }, index) => {
      const band = policy.bands[index]!
      const [selected, waitlisted] = [inBand(index).length, eligible.get(id) ?? 0]
      return {
        id,
        label: bandLabel(band),
        seats: band.seats,
        eligible: selected + waitlisted,
        selected,
        waitlisted,
      }
    }),
  )
}
