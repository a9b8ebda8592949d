import type { DrawOutcome } from '../../src/db/lots.ts'
import type { Stores } from '../../src/db/stores.ts'
import { chooseLot } from './contents.ts'

const AFTER_DEADLINE = new Date('2024-03-19T00:00:00Z')
const BY = { actor: 'tanto', at: AFTER_DEADLINE }

/** Draws by the receipts once the deadline of the first edition is past, as an officer does. */
export function drawByReceipts(stores: Stores, round = 1): DrawOutcome {
  chooseLot(stores, 'receipts')
  const { closesAt } = stores.settings.read()
  return stores.lots.draw(round, null, { method: 'receipts', closesAt, announcement: null }, BY)
}

export function drawAndPublish(stores: Stores): void {
  drawByReceipts(stores)
  stores.lots.publish(1, BY)
}
