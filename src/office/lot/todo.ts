import type { Stores } from '../../db/stores.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import { lotStanding } from './standing.ts'

/** What is to be done about the draw of the round that is prepared. */
export interface LotTodo {
  /** A source has to be announced, and the deadline is still ahead. */
  unannounced: boolean
  /** Hospitals that wait for it, once the deadline is past: nothing is confirmed before. */
  undrawn: number
}

export function lotTodo(stores: Stores, { reading }: { reading: Reading }, now: Date): LotTodo {
  const { phase, method, announced } = lotStanding(stores, now, reading.snapshot.round)
  const isDue = phase === 'ready' || phase === 'waiting' || phase === 'unannounced' || phase === 'proposed'
  return {
    unannounced: phase === 'before' && method === 'announced' && announced === null,
    undrawn: isDue ? reading.lots().tied.size : 0,
  }
}
