import type { Stores } from '../../db/stores.ts'
import { type OrderNotice, orderNotice } from '../../domain/lot/notice.ts'
import { keptShown } from '../kept.ts'
import { lotInForce } from './in-force.ts'

/** What the notice says of the order of equal hospitals, of the round that is prepared. */
export function orderNoticeReader(stores: Stores): () => OrderNotice | null {
  return keptShown(stores, () => {
    const { method, draw } = lotInForce(stores, (stores.editions.newest().at(-1)?.number ?? 0) + 1)
    return orderNotice({
      tieBreak: stores.policies.current().policy.tieBreak,
      method,
      announced: stores.lots.announced(stores.settings.read().closesAt),
      lottery: draw?.lottery ?? null,
      hasPage: stores.lots.draws().some(({ published }) => published !== null),
    })
  })
}
