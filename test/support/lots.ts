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

/** By a public source, whose result was typed wrong at first; published. */
export function drawFromSource(stores: Stores): void {
  chooseLot(stores, 'announced')
  const { closesAt } = stores.settings.read()
  const seen = { method: 'announced', closesAt, announcement: null } as const
  const before = { actor: 'tanto', at: new Date('2024-03-10T00:00:00Z') }
  stores.lots.announce({ source: '第1000回宝くじの1等の当せん番号', knownOn: '2024-03-19' }, seen, before)
  const value = { value: '12組123456番', witnesses: ['甲野 一郎', '乙野 花子'] as [string, string] }
  stores.lots.draw(1, value, { ...seen, announcement: 1 }, BY)
  stores.lots.correct(1, { from: value.value, to: '12組123457番' }, { ...BY, reason: '書き誤り' })
  stores.lots.publish(1, BY)
}
