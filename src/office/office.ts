import type { Stores } from '../db/stores.ts'

/** What the prefecture's work is done with: the stores, and the clock that the composition root injects. */
export interface Office {
  stores: Stores
  now: () => Date
}
