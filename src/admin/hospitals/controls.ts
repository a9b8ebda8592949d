import type { Override } from '../../db/overrides.ts'
import type { RankMove } from '../../db/rank-moves.ts'
import type { Stores } from '../../db/stores.ts'
import { overrideLabel } from '../../domain/record/override.ts'
import { roundLabel } from '../../domain/record/round.ts'
import type { Explanation } from '../../domain/selection/explain/explain.ts'
import type { Neighbour, Standing } from '../../domain/selection/explain/standing.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { officerNames } from '../../office/officer-names.ts'

/** What an officer has decided about a hospital, and may decide. */
export interface HospitalControls {
  override: DecisionLine | null
  move: DecisionLine | null
  /** Its beds lie in a band: in none it could be given no seat. */
  canDesignate: boolean
  /** The confirmed round in which it has its seat; null where it has none. */
  seat: { round: string; declineHref: string } | null
  ranking: RankingControls | null
}

/** A decision in effect: 県の指定, with who took it, when and why. */
interface DecisionLine {
  label: string
  reason: string
  by: string
}

/** Null where the hospital is in no ranking. */
interface RankingControls {
  rank: number
  last: number
  /** One step each, to the place of a neighbour; the same place once. */
  steps: { label: string; position: number }[]
}

export function hospitalControls(
  stores: Stores,
  draft: Draft,
  { candidate: { code }, row, standing }: Explanation,
): HospitalControls {
  const nameOf = officerNames(stores)
  const line = (label: string, { reason, author, createdAt }: Override | RankMove): DecisionLine => ({
    label,
    reason,
    by: `${nameOf(author)}、${dateTimeText(createdAt)}`,
  })
  const override = draft.overrides.find(({ hospitalCode }) => hospitalCode === code)
  const move = draft.moves.find(({ hospitalCode }) => hospitalCode === code)
  return {
    override: override ? line(overrideLabel(override.kind, draft.reading.place), override) : null,
    move: move ? line(`順位を第${move.position}位に変更`, move) : null,
    canDesignate: row.band !== null,
    seat: seatOf(draft, code),
    ranking: standing && {
      rank: row.rank!,
      last: standing.rankedOf,
      steps: stepsOf(standing),
    },
  }
}

function seatOf({ held }: Draft, code: string): HospitalControls['seat'] {
  const leftOut = held.leftOut.get(code)
  if (leftOut?.kind !== 'selected') return null
  const { round } = leftOut
  return {
    round: roundLabel(round),
    declineHref: `/admin/rounds/${round}/decline/${encodeURIComponent(code)}`,
  }
}

function stepsOf({ above, below, bandAbove, bandBelow }: Standing): RankingControls['steps'] {
  const neighbours: [label: string, neighbour: Neighbour | null][] = [
    ['↑ 1つ上へ', above],
    ['↓ 1つ下へ', below],
    ['↑ 区分内で1つ上へ', bandAbove],
    ['↓ 区分内で1つ下へ', bandBelow],
  ]
  const steps = neighbours.flatMap(([label, neighbour]) =>
    neighbour ? [{ label, position: neighbour.peer.row.rank! }] : [],
  )
  return steps.filter(
    ({ position }, index) => steps.findIndex((other) => other.position === position) === index,
  )
}
