import type { Draw } from '../../db/lot-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { LotMethod } from '../../domain/lot/method.ts'
import { isDrawn } from '../../domain/lot/method.ts'
import type { Policy } from '../../domain/selection/policy.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import { frozenRoundReader } from '../rounds/frozen.ts'

/** What orders equal hospitals in a round. */
export interface LotInForce {
  method: LotMethod
  /** Null as long as nothing is drawn, and where the seed is a text of the policy. */
  draw: Draw | null
}

/**
 * A round without a new deadline keeps the last draw; with one it is drawn anew. A confirmed round that is done anew keeps
 * the draw that it was confirmed with.
 */
export function lotInForce(stores: Stores, round: number): LotInForce {
  const method = stores.lots.method()
  const draw = stores.lots.draws().findLast((each) => each.round <= round) ?? null
  if (draw?.round === round) return { method: draw.lottery.method, draw }
  const confirmed = stores.editions.newestOf(round)
  if (confirmed) {
    const { lottery, reading } = frozenRoundReader(stores)(confirmed)
    if (lottery) return { method: lottery.method, draw }
    return { method: reading.snapshot.policy.lotterySeed === '' ? method : 'text', draw: null }
  }
  const keeps = draw !== null && draw.closesAt.getTime() === stores.settings.read().closesAt?.getTime()
  return keeps ? { method: draw.lottery.method, draw } : { method, draw: null }
}

/** Nothing is drawn yet: equal hospitals stand in an order that will be another one. */
export function isUndrawn({ method, draw }: LotInForce): boolean {
  return isDrawn(method) && draw === null
}

/** The seed of the draw takes the place of the policy's own; before it there is none. */
export function withSeed<Rules extends Pick<Policy, 'lotterySeed'>>(
  policy: Rules,
  { method, draw }: LotInForce,
): Rules {
  return isDrawn(method) ? { ...policy, lotterySeed: draw?.lottery.seed ?? '' } : policy
}

/** Codes of the hospitals that the lot will order, as long as nothing is drawn: their places are 抽選前. */
export function undrawnCodes({
  lot,
  reading,
}: {
  lot: LotInForce
  reading: Pick<Reading, 'lots'>
}): ReadonlySet<string> {
  return isUndrawn(lot) ? reading.lots().tied : NONE
}

const NONE: ReadonlySet<string> = new Set()

/** What stands beside a place that the draw will settle. */
export const UNDRAWN = '抽選前'
