import { heldByBand } from '../../domain/selection/additional-round.ts'
import { type BandBoard, type BandLine, boardOf } from '../../domain/selection/board.ts'
import { bandLabel } from '../../domain/selection/policy.ts'
import type { Draft } from './draft.ts'

/**
 * All confirmed rounds together against the seats of today's policy: who holds a seat is selected, and whoever could
 * still get one waits. A hospital that the bands of today leave out holds its seat all the same.
 */
export function overallBoard({ policy, held, result, snapshot }: Draft): BandBoard {
  const { inBand, outside } = heldByBand(policy, held.taken)
  const eligible = new Map(result.bands.map((band) => [band.id, band.eligible]))
  const lines = snapshot.policy.bands.map(({ id }, index) => {
    const band = policy.bands[index]!
    const { seats } = band
    return line({
      id,
      label: bandLabel(band),
      seats,
      selected: inBand[index]!,
      waitlisted: eligible.get(id) ?? 0,
    })
  })
  const beyond = line({ id: 'none', label: '区分外', seats: 0, selected: outside, waitlisted: 0 })
  return boardOf(outside === 0 ? lines : [...lines, beyond])
}

function line(counts: Omit<BandLine, 'eligible' | 'balance'>): Omit<BandLine, 'balance'> {
  return { ...counts, eligible: counts.selected + counts.waitlisted }
}
