import type { Announcement, Draw } from '../../db/lot-rows.ts'
import type { SeenLot } from '../../db/lots.ts'
import type { Stores } from '../../db/stores.ts'
import { isDrawn, type LotMethod } from '../../domain/lot/method.ts'
import { isoDayText } from '../../domain/text/dates.ts'
import { lotInForce } from './in-force.ts'

/**
 * `text`: nothing is drawn. `before`: answers are still taken. `unannounced`: no public source was named before the deadline.
 * `waiting`: its result is not known yet. `proposed`: an edition waits for its 決裁. `ready`: it can be drawn. `drawn`: it is,
 * for this round or for an earlier one whose draw it keeps.
 */
export type LotPhase = 'text' | 'before' | 'unannounced' | 'waiting' | 'proposed' | 'ready' | 'drawn'

/** Where the draw of a round stands. */
export interface LotStanding {
  round: number
  phase: LotPhase
  method: LotMethod
  draw: Draw | null
  closesAt: Date | null
  /** The source that will be drawn by. */
  announced: Announcement | null
  /** Answers are still taken, or no deadline is set: the method can be chosen and a source announced. */
  mayChoose: boolean
}

/** The round that is prepared, unless another one is asked for: a confirmed one that is done anew. */
export function lotStanding(stores: Stores, now: Date, wanted?: number): LotStanding {
  const round = wanted ?? (stores.editions.newest().at(-1)?.number ?? 0) + 1
  const { method, draw } = lotInForce(stores, round)
  const { closesAt } = stores.settings.read()
  const announced = stores.lots.announced(closesAt)
  const mayChoose = closesAt === null || now < closesAt
  const known = { method, draw, announced, mayChoose, isProposed: stores.editions.open() !== null }
  return { round, phase: phaseOf(known, now), method, draw, closesAt, announced, mayChoose }
}

function phaseOf(
  {
    method,
    draw,
    announced,
    mayChoose,
    isProposed,
  }: Pick<LotStanding, 'method' | 'draw' | 'announced' | 'mayChoose'> & { isProposed: boolean },
  now: Date,
): LotPhase {
  if (!isDrawn(method)) return 'text'
  if (draw) return 'drawn'
  if (mayChoose) return 'before'
  if (method === 'announced' && !announced) return 'unannounced'
  if (method === 'announced' && isoDayText(now) < announced!.knownOn) return 'waiting'
  return isProposed ? 'proposed' : 'ready'
}

/** What an officer decides on: another state since overtakes the decision. */
export function seenLot(stores: Stores, { closesAt, announced }: LotStanding): SeenLot {
  return { method: stores.lots.method(), closesAt, announcement: announced?.id ?? null }
}

/** The same as a text for a form, which is sent back with what was decided. */
export function shownLot(seen: SeenLot): string {
  return [seen.method, seen.closesAt?.getTime() ?? '', seen.announcement ?? ''].join(' ')
}
